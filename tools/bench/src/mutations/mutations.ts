import { growthOf, leastCpuMs, LINEAR } from '#libs/measure';
import { chanceOf } from './chance.js';
import { held } from './held.js';
import { mutated } from './mutate.js';
import type { MutatedParser } from './line-forms.js';
import { seedsOf } from './parsers.js';
import { readLine } from './read-line.js';
import { worstForms } from './worst-lines.js';

export type MutationTask = {
  lines: number;
  seed: number;
  /** The data beside the checkout, if there is any. */
  pack?: string;
  /** What is alive on the heap. */
  heapBytes?: () => number;
};

export type MutationFindings = {
  parser: string;
  lines: number;
  events: number;
  classed: number;
  rejected: number;
  bytes: number;
  seconds: number;
  /** Lines after which something holds that must not, by what it is: the first of each, as base64. */
  wrong: { what: string; count: number; line: string }[];
  /** Lines that take longer than `SLOW_MS`, measured again alone. */
  slow: { ms: number; bytes: number; line: string }[];
  /** What is alive on the heap after a tenth of all lines, and at most after that. */
  heap?: { first: number; most: number };
};

/** A line may take so long, and one of 1 MiB by construction so long. */
export const SLOW_MS = 10;
export const WORST_MS = 50;
const MOST_TOLD = 20;
const LOOKS = 10;
/** A busy machine makes all but the quickest of some readings slow. */
const RUNS = 7;

const shortOf = (line: Buffer): string => line.subarray(0, 4_096).toString('base64');

/** Notes what is wrong with a line, alike faults once. */
const note = (wrong: MutationFindings['wrong'], what: string, line: Buffer): void => {
  const first = what.split('\n', 2).join(' ').slice(0, 300);
  const known = wrong.find((one) => one.what === first);
  if (known) known.count += 1;
  else if (wrong.length < MOST_TOLD) wrong.push({ what: first, count: 1, line: shortOf(line) });
};

/** So many mutated lines through one parser. */
export const mutationsOf = (
  parser: MutatedParser,
  { lines, seed, pack, heapBytes }: MutationTask,
): MutationFindings => {
  const [seeds, chance] = [seedsOf(parser, pack), chanceOf(seed)];
  const found: MutationFindings = {
    ...{ parser: parser.name, lines, events: 0, classed: 0, rejected: 0, bytes: 0, seconds: 0, wrong: [], slow: [] },
  };
  const look = Math.max(1, Math.floor(lines / LOOKS));
  const began = performance.now();
  for (let count = 1; count <= lines; count += 1) {
    const line = mutated(seeds, chance);
    const start = performance.now();
    const { wrong, ...came } = held(parser, line);
    const isLong = performance.now() - start > SLOW_MS;
    for (const key of ['events', 'classed', 'rejected'] as const) found[key] += came[key];
    found.bytes += line.length;
    if (wrong !== undefined) note(found.wrong, wrong, line);
    const ms = isLong ? leastCpuMs(() => void held(parser, line), RUNS, SLOW_MS) : 0;
    if (ms > SLOW_MS && found.slow.length < MOST_TOLD) found.slow.push({ ms, bytes: line.length, line: shortOf(line) });
    if (heapBytes && count % look === 0) {
      const alive = heapBytes();
      found.heap = { first: found.heap?.first ?? alive, most: Math.max(found.heap?.most ?? 0, alive) };
    }
  }
  found.seconds = (performance.now() - began) / 1_000;
  return found;
};

export type WorstLine = { name: string; ms: number };

/** The worst lines by construction through one parser, slowest first; those within `enough` ms are not measured again. */
export const worstOf = (parser: MutatedParser, bytes: number, enough: number): WorstLine[] =>
  parser.begins
    .flatMap(worstForms)
    .map(({ name, line }) => {
      const whole = line(bytes);
      return { name, ms: leastCpuMs(() => void readLine(parser, whole), RUNS, enough) };
    })
    .sort((a, b) => b.ms - a.ms);

/** Reading may take so many times as long as parsing as many bytes of JSON before its growth is looked into. */
const LITTLE = 4;
const jsonOf = (bytes: number): string =>
  JSON.stringify(Array.from({ length: bytes / 16 }, (_, at) => `value ${1e6 + at}`));

export type GrownLine = { name: string; growth: number };

/**
 * The worst lines by construction, of so many bytes and a quarter of it, that take more than `LINEAR` times as long
 * when they are four times as long. Times are compared with each other alone, which holds on any machine.
 */
export const overgrown = (
  parser: Pick<MutatedParser, 'kind' | 'door' | 'begins'>,
  bytes: number,
  read: (parser: Pick<MutatedParser, 'kind' | 'door'>, line: Buffer) => unknown = readLine,
): GrownLine[] => {
  const json = jsonOf(bytes);
  const little = LITTLE * leastCpuMs(() => void JSON.parse(json), RUNS);
  return parser.begins.flatMap(worstForms).flatMap(({ name, line }) => {
    const reading = (size: number): (() => void) => {
      const whole = line(size);
      return () => void read(parser, whole);
    };
    if (leastCpuMs(reading(bytes), 2, little) <= little) return [];
    const growth = growthOf(reading, bytes / 4);
    return growth < LINEAR ? [] : [{ name, growth }];
  });
};
