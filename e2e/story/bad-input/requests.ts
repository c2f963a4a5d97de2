import { createHash, randomUUID } from 'node:crypto';
import { catalogue, type CaseAddNote } from '#contracts';
import { encode, SCHEMAS_TOPIC, type OutRecord } from '#libs/events';
import { openKeys, signedRecord } from '#libs/service';
import { until } from '#libs/testing';
import type { PlayedStory } from '../played-story.js';
import { isAbout, letterOf } from './dead-letter.js';
import { TENANT } from './partner.js';
import { send } from './send.js';

/**
 * A note at the first case, signed as the gateway would over its bytes, so that only what is changed about them is
 * wrong.
 */
const note = async (
  {
    installed: {
      up: { installation },
    },
    stage,
  }: PlayedStory,
  text: string,
  change = (value: Buffer): Buffer => value,
): Promise<OutRecord> => {
  const { cases } = await stage.analyst.ask<{ cases: { edges: { node: { id: string } }[] } }>(
    '{ cases(tenants: ["northwind"], first: 1) { edges { node { id } } } }',
  );
  const caseId =
    Buffer.from(cases.edges[0]?.node.id ?? '', 'base64url')
      .toString('utf8')
      .split(':')[2] ?? '';
  const { gateway } = installation.keys;
  const keys = await openKeys({
    SERVICE_SIGNING_KEY: gateway?.secret,
    TRUSTED_KEYS: { keys: [gateway?.public] },
  } as Parameters<typeof openKeys>[0]);
  const [id, expiresAt] = [randomUUID(), Date.now() + 60_000];
  const request: CaseAddNote = { type: 'case.add-note', caseId, text };
  const envelope = { id, source: 'gateway', time: Date.now(), tenant: TENANT };
  return signedRecord(keys, {
    envelope,
    request,
    value: change(encode(request)),
    actor: { subject: 'ada@provider', side: 'PROVIDER' },
    roles: ['ANALYST'],
    expiresAt,
  });
};

const noted = ({ stage }: PlayedStory, text: string): Promise<true> =>
  until(`the note "${text}"`, async () => {
    const { cases } = await stage.analyst.ask<{ cases: { edges: { node: { notes: { text: string }[] } }[] } }>(
      '{ cases(tenants: ["northwind"]) { edges { node { notes { text } } } } }',
    );
    return cases.edges.some(({ node }) => node.notes.some((one) => one.text === text)) || undefined;
  });

const framed = (id: number, rest: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(id, 1);
  return Buffer.concat([head, rest]);
};

/** Requests whose bytes fit no contract that is known. */
export const badRequests = (story: () => PlayedStory): void => {
  it.each([
    ['of an unknown schema', (value: Buffer) => framed(7, value.subarray(5)), 'UNKNOWN_SCHEMA'],
    ['with broken Avro', (value: Buffer) => Buffer.concat([value.subarray(0, 5), Buffer.alloc(9, 0xff)]), 'BAD_AVRO'],
    ['without a frame', () => Buffer.from('{"text":"x"}'), 'NOT_FRAMED'],
  ])('a request %s becomes a dead letter, and the next is decided', async (what, change, code) => {
    const bad = await note(story(), 'never', change);
    await send(story(), [bad, await note(story(), `after one ${what}`)]);
    expect((await letterOf(story(), 'cases', code, isAbout(bad))).code).toBe(code);
    await noted(story(), `after one ${what}`);
  });

  it('a request of a future version of its contract is read as far as it is known', async () => {
    const contract = catalogue.find(({ type }) => type === 'case.add-note');
    const schema = JSON.parse(contract?.schema ?? '{}') as { fields: object[] };
    schema.fields.push({ name: 'mood', type: 'string', default: '' });
    const text = JSON.stringify(schema);
    const id = createHash('sha256').update(text).digest().readUInt32BE(0) >>> 1;
    await send(story(), [
      {
        topic: SCHEMAS_TOPIC,
        key: String(id),
        value: Buffer.from(JSON.stringify({ type: 'case.add-note', version: 2, schema: text })),
        headers: {},
      },
    ]);
    await send(story(), [
      await note(story(), 'from the future', (value) =>
        framed(id, Buffer.concat([value.subarray(5), Buffer.from([8]), Buffer.from('glad')])),
      ),
    ]);
    await noted(story(), 'from the future');
  });
};
