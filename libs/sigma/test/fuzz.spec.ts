import { join } from 'node:path';
import {
  BadEvent,
  compile,
  type JsonObject,
  type Logsource,
  type RuleSet,
  type RuleSource,
  type SigmaEvent,
  type SourceKind,
  type MatchingWork,
} from '../src/index.js';
import { sources } from '../src/sources/index.js';
import { EVENTS } from './events.js';
import { mutatedLine } from './mutate.js';
import { packPath, readRules, zipLines } from './pack.js';
import { chanceOf, type Chance } from './random.js';
import { heldIn, randomRule } from './random-rules.js';

/**
 * The kernels against the plain evaluator: the same rules, the same bytes, the same answer. SIGMA_FUZZ_COMPARISONS
 * (event x rule) makes it longer, SIGMA_FUZZ_SEED repeats a run.
 */
const COMPARISONS = Number(process.env.SIGMA_FUZZ_COMPARISONS ?? 100_000);
const SEED = Number(process.env.SIGMA_FUZZ_SEED ?? 1);
const RULES = 60;
const LINES = 120;
const LONGEST_MS = 3_600_000;

const answer = (set: RuleSet, event: SigmaEvent): string => {
  try {
    return set.match(event).join();
  } catch (error) {
    if (error instanceof BadEvent) return 'bad event';
    throw error;
  }
};

/** What the comparisons were made of: a fuzz that matches nothing shows nothing. */
const seen = { events: 0, matches: 0, badEvents: 0, rules: 0, fromBytes: 0, parsed: 0, plain: 0 };

const count = (rules: number, answers: readonly string[], { fromBytes, parsed, plain }: MatchingWork): void => {
  seen.rules += rules;
  seen.events += answers.length;
  for (const one of answers) {
    if (one === 'bad event') seen.badEvents++;
    else if (one !== '') seen.matches += one.split(',').length;
  }
  seen.fromBytes += fromBytes;
  seen.parsed += parsed;
  seen.plain += plain;
};

/** Events on which the engines differ. */
const differences = (
  sources: readonly RuleSource[],
  events: readonly SigmaEvent[],
): { line: string; kernel: string; plain: string }[] => {
  const [kernel, plain] = [compile(sources), compile(sources, { engine: 'plain' })];
  const answers = events.map((event) => ({
    line: Buffer.from(event.native).toString('latin1'),
    kernel: answer(kernel, event),
    plain: answer(plain, event),
  }));
  count(
    kernel.rules.length,
    answers.map((one) => one.plain),
    kernel.work(),
  );
  return answers.filter((one) => one.kernel !== one.plain);
};

/** What rules for a kind of events name. */
const logsourceOf = (kind: SourceKind): Logsource => {
  const [first] = sources[kind].rules;
  return first ?? {};
};

const OTHERS = [...new Set(EVENTS.map(({ kind }) => kind))].filter((kind) => kind !== 'windows');

const randomEvents = (kind: SourceKind, chance: Chance): SigmaEvent[] => {
  const bases = EVENTS.filter((one) => one.kind === kind);
  const logsource = (): SigmaEvent['logsource'] => (chance.once(4) ? logsourceOf(kind) : kind);
  return [...Array(LINES).keys()].map(() => ({
    logsource: logsource(),
    native: mutatedLine(chance.pick(bases).event, chance),
  }));
};

/** The event as rules are to meet it, oddities and all; nothing for damaged ones. */
const parsed = (native: Uint8Array): JsonObject => {
  try {
    return JSON.parse(Buffer.from(native).toString()) as JsonObject;
  } catch {
    return {};
  }
};

describe('the kernels answer as the plain evaluator does', () => {
  it(
    `on random rules and mutated events (${COMPARISONS} comparisons)`,
    () => {
      const chance = chanceOf(SEED);
      for (let done = 0; done < COMPARISONS; done += RULES * LINES) {
        const kind = chance.once(2) ? 'windows' : chance.pick(OTHERS);
        const events = randomEvents(kind, chance);
        const held = [
          ...EVENTS.filter((one) => one.kind === kind).map(({ event }) => event),
          ...events.map(({ native }) => parsed(native)),
        ]
          .map((event) => heldIn(event))
          .filter(({ length }) => length > 0);
        const sources = [...Array(RULES).keys()].map((index) =>
          randomRule(`r${index}`, logsourceOf(kind), chance.pick(held), chance),
        );
        const found = differences(sources, events);
        const one = found[0];
        const [plain, kernel] = one ? [one.plain.split(','), one.kernel.split(',')] : [[], []];
        const ids = [...plain, ...kernel].filter((id) => plain.includes(id) !== kernel.includes(id));
        expect({
          found: found.slice(0, 1),
          rules: sources.filter(({ path }) => ids.includes(path.replace('.yml', ''))).map(({ text }) => text),
        }).toEqual({ found: [], rules: [] });
      }
      expect(seen.matches).toBeGreaterThan(seen.events);
      for (const way of ['fromBytes', 'parsed', 'plain', 'badEvents'] as const)
        expect([way, seen[way] > seen.events / 200]).toEqual([way, true]);
    },
    LONGEST_MS,
  );

  const pack = packPath();
  const test = pack === undefined ? it.skip : it;
  test(
    `on SigmaHQ's rules and mutated recordings${pack === undefined ? ' (skipped: no ../shared/data)' : ''}`,
    async () => {
      const chance = chanceOf(SEED);
      const share = Math.max(1, Math.round(COMPARISONS / 100_000));
      const sources = readRules(join(pack ?? '', 'sigma', 'sigma-rules.tar.gz')).filter(
        ({ text }) => /product: windows/.test(text) && (SEED + text.length) % 3 === 0,
      );
      const events: SigmaEvent[] = [];
      let read = 0;
      for await (const line of zipLines(
        join(pack ?? '', 'otrf/atomic/windows/lateral_movement/host/empire_psexec_dcerpc_tcp_svcctl.zip'),
      )) {
        if (read++ % 29 !== 0) continue;
        for (let i = 0; i < share; i++)
          events.push({ logsource: 'windows', native: mutatedLine(JSON.parse(line) as JsonObject, chance) });
      }
      expect(differences(sources, events).slice(0, 1)).toEqual([]);
    },
    LONGEST_MS,
  );
});
