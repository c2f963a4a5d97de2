import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sources } from '../sources/index.js';
import { readMessage } from './message.js';
import { withoutMisfits } from './contract-misfits.js';
import { atOnce } from '#libs/service';

const PLACE = { topic: 'ingest.acme.src', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 2, 12) };
/** As JSON: beyond every range, with very many digits, or no number at all. */
const ODD = [
  '9'.repeat(100_000),
  `"${'9'.repeat(100_000)}"`,
  '1e999',
  '"1e999"',
  '-1e999',
  '1e300',
  '9223372036854775808',
  '"-9223372036854775809"',
  '2147483648',
  '-5',
  '0.5',
  '8.64e15',
  '"NaN"',
];

/** The event with each of its values in turn replaced. */
const changed = (event: string): string[] =>
  [...event.matchAll(/"[^"\\]+":("(?:[^"\\]|\\.)*"|-?[\d.]+)/g)].slice(0, 40).flatMap((found, at) => {
    const end = found.index + found[0].length;
    return [`${event.slice(0, end - (found[1]?.length ?? 0))}${ODD[at % ODD.length]}${event.slice(end)}`];
  });

it.each(sources.map((source) => [source.name, source] as const))(
  'odd numbers in events of %s are no fault: each event fits the contract',
  (name, source) => {
    const folder = join('services/collection/src/sources', name, 'fixtures');
    const events = readdirSync(folder)
      .flatMap((file) => source.split(readFileSync(join(folder, file))).slice(0, 5))
      .map(String)
      .filter((one) => one.startsWith('{'));
    const lost = events
      .flatMap(changed)
      .flatMap((event) =>
        atOnce(
          withoutMisfits({ ...readMessage(Buffer.from(event), PLACE, source), source: 'src', kind: source.kind }),
        ).rejected.map(({ code, sentence }) => `${code} ${sentence} ${event.slice(0, 300)}`),
      );
    expect(lost).toEqual([]);
  },
);
