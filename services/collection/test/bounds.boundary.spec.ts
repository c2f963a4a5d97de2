import type { TelemetryNormalized, TelemetryReceived } from '#contracts';
import { ensureTopics, ingestTopic, ingestTopicSpec, readDeadLetter, toRetry, type DeadLetter } from '#libs/events';
import { startWorld, type World } from '#libs/testing';
import { sendPacked } from '../../../libs/events/test/packing.js';
import { collection } from '../src/collection.module.js';
import { tenantState } from './tenant-state.js';

const LINES = 32_000;
/** Of a message that is one letter. */
const FEW_LINES = 20;
const BOMB = Buffer.from('x\n'.repeat(LINES));
const event = (host: string): string =>
  JSON.stringify({ Hostname: host, EventID: 1, Channel: 'Security', TimeCreated: '2026-11-02T09:00:00Z' });

describe('a message of very many lines', () => {
  let world: World;
  let bombs = 0;

  beforeAll(async () => {
    world = await startWorld([collection], {
      environment: { collection: { HTTP_PORT: '0', LISTEN_HOST: '127.0.0.1' } },
    });
    for (const tenant of ['acme', 'globex']) {
      await world.say(tenant, tenantState(tenant, ['edr', 'WINDOWS']));
      await ensureTopics(world.broker, [ingestTopicSpec(tenant, 'edr')]);
    }
  });
  afterAll(async () => world?.stop());

  const sendAll = async (values: Buffer[]): Promise<void> => {
    const publisher = world.broker.publisher({ gzip: true });
    await publisher.send(values.map((value) => ({ topic: ingestTopic('acme', 'edr'), key: null, value, headers: {} })));
    await publisher.close();
  };
  /** Some 98 bytes on the wire, each. */
  const drop = async (count: number): Promise<void> => {
    await sendAll(Array.from({ length: count }, () => BOMB));
    bombs += count;
  };
  const hosts = (): Set<string> =>
    new Set(
      world
        .heard<TelemetryNormalized>('telemetry.normalized', 'globex')
        .flatMap(({ message }) => message.events.map(({ entity }) => entity)),
    );
  const dead = (tenant: string): number => {
    const told = new Map(
      world
        .heard<TelemetryReceived>('telemetry.received', tenant)
        .map(({ message }) => [`${message.partition}/${message.fromOffset}`, message]),
    );
    return [...told.values()].reduce((sum, one) => sum + one.dead, 0);
  };
  const letters = (tenant: string): DeadLetter[] => {
    const all = world
      .deadLetters('collection')
      .map(readDeadLetter)
      .filter((letter) => letter.tenant === tenant);
    return [...new Map(all.map((letter) => [letter.id, letter])).values()];
  };
  const lost = (tenant: string): number => letters(tenant).reduce((sum, { count }) => sum + count, 0);

  it('is 22 dead letters, in the partition of its tenant, that stand for every line; the neighbour goes on meanwhile', async () => {
    await drop(6);
    const before = dead('acme');
    for (let at = 0; at < 10; at += 1) await world.ingest('globex', 'edr', event(`beside${at}`));
    await world.until('the events of the neighbour', () => hosts().size === 10);
    const meanwhile = dead('acme') - before;
    await world.until('the receipts of all', () => dead('acme') === bombs * LINES);
    expect(meanwhile).toBeLessThan(bombs * LINES);
    await world.until('the letters', () => lost('acme') === bombs * LINES);
    expect(letters('acme')).toHaveLength(22 * bombs);
    expect(new Set(world.deadLetters('collection').map(({ partition, key }) => `${partition} ${key}`)).size).toBe(1);
    expect(letters('globex')).toEqual([]);
  });

  it('gives the same letters, and no others, when it comes again', async () => {
    const known = letters('acme')
      .map(({ id }) => id)
      .sort();
    const written = world.deadLetters('collection').length;
    await world.rewind('collection', 'normaliser');
    await world.ingest('globex', 'edr', event('after'));
    await world.until('all of it once more', () => world.deadLetters('collection').length === 2 * written);
    await world.until('what came after', () => hosts().has('host:after'));
    expect(
      letters('acme')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(known);
    expect(lost('acme')).toBe(bombs * LINES);
  });

  it('is read on where it was left when its letter is sent again', async () => {
    const rest = letters('acme').find(({ code }) => code === 'TOO_MANY_EVENTS') as DeadLetter;
    await world.publisher.send([toRetry(rest)]);
    const next = await world.until('the letter of what is left', () =>
      letters('acme').find(
        ({ code, count, original }) =>
          code === 'TOO_MANY_EVENTS' &&
          count === LINES - 20_000 &&
          original.headers.ingestoffset === rest.original.headers.ingestoffset,
      ),
    );
    expect(next.original.value.equals(BOMB)).toBe(true);
  });

  it('in a batch that cannot be unpacked is in the receipts, and its letter says where it lies', async () => {
    const before = dead('globex');
    const huge = Array.from({ length: 9 }, () => Buffer.alloc(4 * 1024 * 1024));
    await sendPacked(world.broker, ingestTopic('globex', 'edr'), 'gzip', huge);
    await world.until('the receipt', () => dead('globex') === before + huge.length);
    const bomb = await world.until('the letter', () => letters('globex').find(({ count }) => count === huge.length));
    const { tenant, code, ranges = [], original } = bomb as DeadLetter;
    const to = original.offset;
    expect([tenant, code, ranges]).toEqual([
      'globex',
      'TOO_LARGE',
      [{ topic: ingestTopic('globex', 'edr'), partition: 0, from: String(Number(to) - 8), to, count: 9 }],
    ]);
    await world.ingest('globex', 'edr', event('behind-the-bomb'));
    await world.until('what came after', () => hosts().has('host:behind-the-bomb'));
  });

  it('many times in a minute, is told once: few letters, no line lost, and a neighbour has his own', async () => {
    const before = { lost: lost('acme'), letters: letters('acme').length, dead: dead('acme') };
    const few = 'x\n'.repeat(FEW_LINES);
    await sendAll(Array.from({ length: 900 }, () => Buffer.from(few)));
    await drop(12);
    const sent = 900 * FEW_LINES + 12 * LINES;
    await world.ingest('globex', 'edr', 'not json');
    await world.until("the neighbour's letter", () => letters('globex').some(({ code }) => code === 'NOT_JSON'));
    await world.until('the receipts of all', () => dead('acme') - before.dead === sent, 180_000);
    await world.restart('collection');
    await world.until('what was counted', () => lost('acme') - before.lost >= sent);
    expect(lost('acme') - before.lost).toBe(sent);
    expect(letters('acme').length - before.letters).toBeLessThan(1_010);
    expect(letters('acme').filter(({ code }) => code === 'TOO_MANY_LETTERS')).not.toEqual([]);
  }, 300_000);
});
