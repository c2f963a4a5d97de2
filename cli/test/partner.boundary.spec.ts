import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectBroker, listAcls, receiptsTopic, type Broker } from '#libs/events';
import { openLog } from '#libs/service';
import { startWorld, type World } from '#libs/testing';
import {
  addPartner,
  PARTNER_QUOTA,
  partnersOn,
  removePartner,
  rotatePartner,
  type Partner,
} from '../src/kafka/partner.js';
import { preview } from '../../services/collection/src/preview/index.js';
import { shownContract } from '../src/commands/contracts.js';
import { messagesOn } from '../src/partner/status.js';

const TOPIC = 'ingest.acme.edr';

describe("a partner's access to Kafka", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([]);
  });
  afterAll(async () => world?.stop());

  const connect = ({ username, password }: Partner): Broker =>
    connectBroker({
      brokers: world.stack.partnerBrokers,
      username,
      password,
      clientId: username,
      log: openLog('partner', 'silent'),
    });
  /** Whether a message is taken of who comes with this password. */
  const writes = async (partner: Partner): Promise<boolean> => {
    const publisher = connect(partner).publisher({ patienceMs: 0 });
    try {
      await publisher.send([{ topic: TOPIC, key: null, value: Buffer.from('{}'), headers: {} }]);
      return true;
    } catch {
      return false;
    } finally {
      await publisher.close();
    }
  };

  it('is given, rotated and taken', async () => {
    expect(await messagesOn(world.broker, TOPIC)).toBeNull();
    const first = await addPartner(world.stack, 'acme', 'edr');
    await addPartner(world.stack, 'globex', 'edr');
    expect(await writes(first)).toBe(true);

    const second = await rotatePartner(world.stack, 'acme', 'edr');
    expect({ ...second, password: '' }).toEqual({ ...first, password: '' });
    expect(second.password).not.toBe(first.password);
    expect([await writes(first), await writes(second)]).toEqual([false, true]);
    expect((await partnersOn(world.broker)).map(({ username }) => username)).toEqual([
      'partner.acme.edr',
      'partner.globex.edr',
    ]);

    expect(await removePartner(world.stack, 'acme', 'edr')).toEqual({
      tenant: 'acme',
      source: 'edr',
      username: 'partner.acme.edr',
      topic: TOPIC,
    });
    expect(await writes(second)).toBe(false);
    expect(await partnersOn(world.broker, 'acme')).toEqual([]);
    expect((await partnersOn(world.broker, 'globex')).map(({ topic }) => topic)).toEqual(['ingest.globex.edr']);
    expect(await messagesOn(world.broker, TOPIC)).toBe(2);
  });

  /** Values on a topic, to who reads it with this group; undefined where he may not. */
  const reads = async (partner: Partner, topic: string, groupId: string): Promise<string[] | undefined> => {
    const [broker, values] = [connect(partner), [] as string[]];
    let isRefused = false;
    const consumption = broker.consume({
      topics: [topic],
      groupId,
      patienceMs: 0,
      onFault: () => {
        isRefused = true;
      },
      handle: async ({ records }) => void values.push(...records.map(({ value }) => String(value))),
    });
    try {
      await world.until(`an end of reading ${topic}`, () => isRefused || values.length > 0);
      return isRefused ? undefined : values;
    } finally {
      await consumption.stop();
      await broker.close();
    }
  };

  it('to receipts is given with groups of its own, to nobody else', async () => {
    const acme = await addPartner(world.stack, 'acme', 'fw', PARTNER_QUOTA, true);
    const globex = await addPartner(world.stack, 'globex', 'fw', PARTNER_QUOTA, true);
    const [topic, group] = [receiptsTopic('acme', 'fw'), 'partner.acme.fw.'];
    expect(acme.receipts).toEqual({ topic, group });
    expect(
      (await listAcls(world.broker, acme.username))
        .map(({ operation, resource, name, pattern }) => `${operation} ${resource} ${name} ${pattern}`)
        .sort(),
    ).toEqual([
      'DESCRIBE TOPIC ingest.acme.fw LITERAL',
      `DESCRIBE TOPIC ${topic} LITERAL`,
      `READ GROUP ${group} PREFIXED`,
      `READ TOPIC ${topic} LITERAL`,
      'WRITE TOPIC ingest.acme.fw LITERAL',
    ]);
    await world.publisher.send([{ topic, key: '0', value: Buffer.from('told'), headers: {} }]);
    expect(await reads(acme, topic, `${group}one`)).toEqual(['told']);
    expect(await reads(globex, topic, 'partner.globex.fw.one')).toBeUndefined();
    expect(await reads(globex, topic, `${group}one`)).toBeUndefined();
    const told = connect(acme).publisher({ patienceMs: 0 });
    await expect(told.send([{ topic, key: '0', value: Buffer.from('forged'), headers: {} }])).rejects.toThrow();
    await told.close();
  });

  it('is enough for the producer of docs/publish.md, run as it is written, whose event a source of kind contract takes', async () => {
    const partner = await addPartner(world.stack, 'acme', 'own');
    const folder = mkdtempSync(join('.stack', 'producer-'));
    try {
      const [, producer = ''] = /```js\n([^]*?)```/.exec(readFileSync('docs/publish.md', 'utf8')) ?? [];
      writeFileSync(join(folder, 'producer.mjs'), producer);
      writeFileSync(join(folder, 'partner.json'), JSON.stringify({ kafka: { ...partner, password: '' } }));
      writeFileSync(join(folder, 'contract.json'), JSON.stringify(shownContract('telemetry.submitted')));
      const env = { ...process.env, VIGIE_PASSWORD: partner.password };
      await promisify(execFile)(process.execPath, ['producer.mjs'], { cwd: folder, env });
    } finally {
      rmSync(folder, { recursive: true });
    }
    const values: Buffer[] = [];
    const consumption = world.broker.consume({
      topics: [partner.topic],
      handle: async ({ records }) => void values.push(...records.map(({ value }) => value)),
    });
    await world.until('what it sent', () => values.length > 0);
    await consumption.stop();
    const [bytes = Buffer.alloc(0)] = values;
    const made = await preview({ via: 'kafka', bytes }, { kind: 'CONTRACT', receivedAt: Date.now() });
    expect(made).toMatchObject({
      pieces: [{ event: { entity: 'host:ws6', flags: [], ocsf: { classUid: 1007 } } }],
    });
  });

  it('is refused to be rotated or taken where there is none', async () => {
    await expect(rotatePartner(world.stack, 'acme', 'none')).rejects.toThrow('no Kafka user may write for acme/none');
    await expect(removePartner(world.stack, 'nobody', 'edr')).rejects.toThrow('no Kafka user may write for nobody/edr');
    await expect(removePartner(world.stack, '../acme', 'edr')).rejects.toThrow('a tenant is named with');
  });
});
