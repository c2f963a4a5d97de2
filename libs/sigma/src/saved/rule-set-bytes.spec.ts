import { compile, type CompileOptions, type JsonObject, type SigmaEvent } from '../index.js';
import { chanceOf } from '../../test/random.js';
import { EVENTS } from '../../test/events.js';
import { mutatedLine } from '../../test/mutate.js';
import { heldIn, randomRule } from '../../test/random-rules.js';
import { DEFAULT_LIMITS } from '../rule/limits.js';
import { readDocuments } from '../rule/documents.js';
import { Spending } from '../rule/spending.js';
import { fingerprintOfReading, PROBE } from './reading-fingerprint.js';
import { keyOf, loadCompiled, saveCompiled } from './rule-set-bytes.js';

const chance = chanceOf(11);
const WINDOWS = EVENTS.filter(({ kind }) => kind === 'windows');
const events: SigmaEvent[] = [...Array(60).keys()].map(() => ({
  logsource: chance.once(2) ? 'windows' : { product: 'windows' },
  native: mutatedLine(chance.pick(WINDOWS).event, chance),
}));
const parsed = ({ native }: SigmaEvent): JsonObject => {
  try {
    return JSON.parse(Buffer.from(native).toString()) as JsonObject;
  } catch {
    return {};
  }
};
const held = events.map((event) => heldIn(parsed(event))).filter(({ length }) => length > 0);
const sources = [
  ...[...Array(90).keys()].map((index) => randomRule(`r${index}`, { product: 'windows' }, chance.pick(held), chance)),
  {
    path: 'odd.yml',
    text: 'title: odd\nid: odd\nlogsource: {product: windows}\ndetection:\n  s: {A: [.inf, .nan]}\n  condition: s\n',
  },
  { path: 'bad.yml', text: 'title: bad\n' },
];
const answers = (set: ReturnType<typeof compile>): string[] =>
  events.map((event) => {
    try {
      return set.match(event).join();
    } catch {
      return 'bad event';
    }
  });
const explained = (set: ReturnType<typeof compile>): unknown =>
  events.slice(0, 10).flatMap((event, index) =>
    (answers(set)[index] ?? '')
      .split(',')
      .filter((id) => id !== '' && id !== 'bad event')
      .map((id) => set.explain(id, event)),
  );

describe.each(['kernel', 'plain'] as const)('rules saved and loaded (%s)', (engine) => {
  const options: CompileOptions = { engine };
  const key = keyOf(sources, options);
  const set = compile(sources, options);
  const before = answers(set);
  const bytes = saveCompiled(set, key);

  it('say, match and explain the same', () => {
    const loaded = loadCompiled(bytes, key, options);
    expect([loaded?.rules, loaded?.failures, loaded?.correlations]).toEqual([
      set.rules,
      set.failures,
      set.correlations,
    ]);
    expect(loaded && answers(loaded)).toEqual(before);
    expect(loaded && explained(loaded)).toEqual(explained(set));
    expect(before.filter((ids) => ids !== '').length).toBeGreaterThan(20);
  });

  it('may be saved again', () => {
    const loaded = loadCompiled(saveCompiled(loadCompiled(bytes, key, options) ?? set, key), key, options);
    expect(loaded && answers(loaded)).toEqual(before);
  });

  it('may be saved again before they have met an event', () => {
    const again = saveCompiled(loadCompiled(bytes, key, options) ?? set, key);
    const loaded = loadCompiled(again, key, options);
    expect(loaded && answers(loaded)).toEqual(before);
    expect(again.length / bytes.length).toBeGreaterThan(0.9);
  });

  it('are not trusted when damaged, cut off, or for others', () => {
    for (let i = 0; i < 40; i++) {
      const damaged = Uint8Array.from(bytes);
      damaged[Math.floor((i * bytes.length) / 40)]! ^= 1;
      expect(loadCompiled(damaged, key, options)).toBeUndefined();
      expect(loadCompiled(bytes.subarray(0, Math.floor((i * bytes.length) / 40)), key, options)).toBeUndefined();
    }
    expect(loadCompiled(bytes, keyOf(sources.slice(1), options), options)).toBeUndefined();
    expect(loadCompiled(bytes, keyOf(sources, { placeholders: { a: ['b'] } }), options)).toBeUndefined();
  });
});

it('the key knows how rules are read', () => {
  const { documents, failures } = readDocuments({ path: 'p', text: PROBE }, new Spending(DEFAULT_LIMITS));
  expect([failures, documents.length]).toEqual([[], 1]);
  expect(fingerprintOfReading()).toHaveLength(32);
});
