import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sources } from './index.js';
import { isObject } from './json-values.js';
import type { NativeJson, NativeObject, Source } from './source.js';

/** Whatever stands where a vendor has something else: a source takes it, and says who or that it does not know. */
const ODD: NativeJson[] = [
  null,
  true,
  -1,
  1e300,
  '',
  '-',
  'constructor',
  '__proto__',
  '{"a":',
  '[1',
  '{"a":{}}',
  [],
  [null],
  [[]],
  [{}],
  {},
  { value: {} },
  { a: [{ b: null }] },
];

/** The event with each of its values replaced in turn, however deep. */
const variants = (value: NativeJson, odd: NativeJson, depth = 0): NativeJson[] => {
  if (depth > 6) return [odd];
  if (Array.isArray(value))
    return [
      odd,
      ...value
        .slice(0, 3)
        .flatMap((one, place) => variants(one, odd, depth + 1).map((changed) => value.with(place, changed))),
    ];
  if (!isObject(value)) return [odd];
  const inside = Object.entries(value).flatMap(([key, one]) =>
    one === undefined ? [] : variants(one, odd, depth + 1).map((changed): NativeJson => ({ ...value, [key]: changed })),
  );
  return [...(depth === 0 ? [] : [odd]), ...inside];
};

const fixturesOf = ({ name }: Source): Buffer[] => {
  const folder = join(__dirname, name, 'fixtures');
  return readdirSync(folder).map((file) => readFileSync(join(folder, file)));
};

const parsed = (piece: Buffer): NativeObject[] => {
  try {
    const event = JSON.parse(String(piece)) as NativeJson;
    return isObject(event) ? [event] : [];
  } catch {
    return [];
  }
};

describe.each(sources.map((source) => [source.name, source] as const))('%s', (_, source) => {
  it('takes its fixtures with anything in the place of anything', () => {
    const events = fixturesOf(source)
      .flatMap((bytes) => source.split(bytes))
      .flatMap(parsed)
      .slice(0, 3);
    expect(events.length).toBeGreaterThan(0);
    for (const odd of ODD) {
      for (const event of events.flatMap((one) => variants(one, odd)).filter(isObject)) {
        const { entity, observables, ocsf } = source.normalise(event, Buffer.from(JSON.stringify(event)));
        if (!/^[a-z-]+:./.test(entity) || !Array.isArray(observables) || !Number.isInteger(ocsf.classUid))
          throw new Error(`${entity} of ${JSON.stringify(event)}`);
      }
    }
  });

  it('splits its fixtures wherever they are cut', () => {
    for (const bytes of fixturesOf(source)) {
      for (let length = 0; length < Math.min(bytes.length, 4_000); length += 31)
        expect(Array.isArray(source.split(bytes.subarray(0, length)))).toBe(true);
    }
  });
});
