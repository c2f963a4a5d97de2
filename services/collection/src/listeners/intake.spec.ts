import { readLine } from '../envelope/line.js';
import type { BodyFormat, TakenBody } from './body-format.js';
import { ByteBudget } from './byte-budget.js';
import { ndjson } from './formats.js';
import { storedBody } from './intake.js';

const OWNER = { tenant: 'acme', source: 'edr' };
const FACTS = { contentType: '', query: new URLSearchParams() };
const BODY = Buffer.from('{"a":1}');
const MADE = (bytes: number): BodyFormat => ({ ...ndjson, read: () => ({ events: [Buffer.alloc(bytes, 'x')] }) });

describe('a body that is read and stored', () => {
  const appended: Buffer[] = [];
  const budget = new ByteBudget(4_000);
  const store = async (format: BodyFormat, body = BODY) => {
    const held = budget.allot('acme');
    try {
      return await storedBody(
        { append: async (_tenant, _source, events) => void appended.push(...events), log: { warn: () => undefined } },
        OWNER,
        { format, facts: FACTS, held },
        body,
      );
    } finally {
      held.leave();
    }
  };
  beforeEach(() => void appended.splice(0));

  const fails = (): TakenBody => {
    throw new RangeError('Invalid string length');
  };
  it.each<[string, Partial<BodyFormat>]>([
    ['at once', { read: fails }],
    [
      'in steps',
      {
        *readInSteps() {
          yield;
          return fails();
        },
      },
    ],
  ])('becomes dead letters, and is answered, where reading it fails %s', async (_, how) => {
    const stored = await store({ ...ndjson, ...how, by: 'hec' });
    expect(stored).toMatchObject({ accepted: 1, rejected: { count: 1, sentence: expect.stringContaining('Invalid') } });
    const line = readLine(appended[0] as Buffer);
    expect([line?.by, line?.problem?.code, String(line?.event)]).toEqual(['hec', 'NOT_NORMALISED', '"{\\"a\\":1}"']);
  });

  it('counts what is made of it: beyond the part of a tenant alone, never beyond all', async () => {
    expect((await store(MADE(3_500))).accepted).toBe(1);
    await expect(store(MADE(5_000))).rejects.toMatchObject({ status: 413 });
    const other = budget.allot('acme');
    other.take(500);
    expect((await store(MADE(400))).accepted).toBe(1);
    await expect(store(MADE(900))).rejects.toMatchObject({ status: 429 });
    other.leave();
    expect((await store(MADE(900))).accepted).toBe(1);
    expect(budget.held).toBe(0);
  });

  it('is read one after the other of its tenant, whatever becomes of those before', async () => {
    const log: string[] = [];
    const named = (name: string, isWrong = false): BodyFormat => ({
      ...ndjson,
      *readInSteps() {
        log.push(name);
        yield;
        log.push(name);
        return isWrong ? fails() : { events: [Buffer.from('{}')] };
      },
    });
    await Promise.all([store(named('a', true)), store(named('b')), store(named('c'))]);
    expect(log.join('')).toBe('aabbcc');
  });
});
