import { randomUUID } from 'node:crypto';
import { encode, toRecord } from '#libs/events';
import type { Envelope } from '#libs/model';
import { until } from '#libs/testing';
import { processStarted } from '../../../cli/src/index.js';
import type { PlayedStory } from '../played-story.js';
import { isAbout, letterOf } from './dead-letter.js';
import { sendAsPartner, TENANT } from './partner.js';
import { send } from './send.js';

/** Facts whose bytes cannot be read. */
export const badFacts = (story: () => PlayedStory): void => {
  it('a fact with broken Avro becomes a dead letter of those who hear it, and the next finding becomes a case', async () => {
    const envelope: Envelope = {
      id: randomUUID(),
      type: 'finding.raised',
      source: 'detection',
      subject: 'x',
      time: Date.now(),
      tenant: TENANT,
    };
    const repeated = { type: 'finding.repeated' as const, findingId: 'f', count: 2, lastOccurredAt: 1, at: 1 };
    const bad = {
      ...toRecord({ ...envelope, type: 'finding.repeated' }, repeated),
      value: Buffer.concat([encode(repeated).subarray(0, 5), Buffer.from([0xff])]),
    };
    await send(story(), [bad]);
    for (const service of ['cases', 'gateway', 'reporting'])
      expect((await letterOf(story(), service, 'BAD_AVRO', isAbout(bad))).code).toBe('BAD_AVRO');
    const { stage } = story();
    const count = async (): Promise<number> =>
      (
        await stage.analyst.ask<{ findings: { totalCount: number } }>(
          '{ findings(tenants: ["northwind"], first: 1) { totalCount } }',
        )
      ).findings.totalCount;
    const before = await count();
    const attack = processStarted(Date.now(), 'wks-022.northwind.example', {
      image: 'C:\\Windows\\System32\\vssadmin.exe',
      commandLine: 'vssadmin.exe delete shadows /all /quiet',
      user: 'NORTHWIND\\j.novak',
      parent: 'C:\\Windows\\System32\\cmd.exe',
      pid: 7_100,
    });
    await sendAsPartner(story(), [Buffer.from(JSON.stringify(attack.event))]);
    await until('the next finding', async () => (await count()) > before);
  });
};
