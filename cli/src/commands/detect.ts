import { once } from 'node:events';
import type { Command } from 'commander';
import { BadEvent, compile, type RuleSet, type SigmaEvent, type SourceKind } from '#libs/sigma';
import { readRules } from '#libs/rules/loading';
import { print, table } from '../terminal/print.js';
import { correlating, type EventMatch } from '../detect/correlations.js';
import { guessSource } from '../files/source-guess.js';
import { eventLinesOf } from '../files/events.js';
import { eventOfLine } from '../files/normalized-line.js';
import { countFrom } from '../terminal/flags.js';
import { fromCaller } from '../terminal/paths.js';
import { sayLost } from '../files/say-lost.js';
import { readSource, KNOWN_SOURCES } from '../terminal/source-flag.js';
import { tellerOf, type MatchTextFlags } from '../detect/match-text.js';

type DetectFlags = MatchTextFlags & {
  rules: string;
  events: string;
  source?: SourceKind;
  limit?: number;
  profile: boolean;
};
type DetectTotals = { events: number; matches: number; badEvents: number; seconds: number };

const COSTLIEST = 25;

const matching = (set: RuleSet, event: SigmaEvent): string[] | undefined => {
  try {
    return set.match(event);
  } catch (error) {
    if (error instanceof BadEvent) return undefined;
    throw error;
  }
};

/** One line at a time: a file of any length takes no more memory than its longest line. */
const run = async (
  set: RuleSet,
  flags: DetectFlags,
  write: (lines: string[]) => Promise<void>,
): Promise<DetectTotals> => {
  const { events: path, source, limit = Infinity } = flags;
  const done: DetectTotals = { events: 0, matches: 0, badEvents: 0, seconds: 0 };
  const correlations = correlating(set);
  const teller = tellerOf(set, flags);
  const tellAll = async (some: EventMatch[], at?: SigmaEvent): Promise<void> => {
    for (const { event, ruleId } of some) {
      done.matches++;
      await write(teller.match(event, ruleId, event === done.events ? at : undefined));
    }
  };
  const lost = sayLost();
  for await (const line of eventLinesOf(fromCaller(path), lost)) {
    if (done.events >= limit) break;
    const said = eventOfLine(line);
    const kind = source ?? guessSource(said.native.toString());
    const event = { logsource: kind, ...said };
    const began = performance.now();
    const ids = matching(set, event);
    done.seconds += (performance.now() - began) / 1_000;
    if (!ids) done.badEvents++;
    for (const ruleId of ids ?? []) await tellAll(correlations.take({ event: done.events, ruleId }, event), event);
    if (ids && flags.nearly) await write(teller.nearMisses(done.events, event));
    done.events++;
  }
  await tellAll(correlations.end());
  return done;
};

/** Waits for whoever reads slowly; a reader that has had enough (head) ends the program. */
const write = async (lines: string[]): Promise<void> => {
  for (const line of lines) if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
};
const endWithReader = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
};

const runDetect = async (flags: DetectFlags): Promise<void> => {
  process.stdout.once('error', endWithReader);
  const set = compile(readRules(fromCaller(flags.rules)), flags.profile ? { clock: () => performance.now() } : {});
  const done = await run(set, flags, write);
  process.stdout.off('error', endWithReader);
  const { titleOf } = tellerOf(set, flags);
  const costs = flags.profile
    ? set
        .costs()
        .slice(0, COSTLIEST)
        .map((cost) => ({ ...cost, title: titleOf(cost.ruleId) }))
    : undefined;
  const summary = {
    ...done,
    rules: set.rules.length,
    correlations: set.correlations.length,
    failed: set.failures.length,
    work: set.work(),
    ...(costs ? { costliest: costs } : {}),
  };
  if (flags.json) return print(JSON.stringify({ summary }));
  print(
    `${done.events} events, ${done.matches} matches of ${summary.rules} rules and ${summary.correlations} correlations, ${done.badEvents} events that are no JSON object, ${done.seconds.toFixed(2)} s matching`,
  );
  if (costs)
    print(
      table(
        ['ms', 'runs', 'matches', 'rule'],
        costs.map(({ ms, runs, matches, title }) => [Number(ms.toFixed(1)), runs, matches, title]),
      ),
    );
};

/** detect */
export const defineDetect = (detect: Command): void => {
  detect
    .requiredOption('--rules <path>', 'a folder, a file or a .tar.gz of rules')
    .requiredOption(
      '--events <file>',
      'events as their vendor writes them, a file or a folder: JSON (values, lines, arrays, { "Records": [] }), CSV, TSV of Zeek, EVTX and XML of Windows; plain, .gz or .zip; or what normalize --json says of them',
    )
    .option('--source <name>', `${KNOWN_SOURCES.join(', ')}; told from each event's members when not said`, readSource)
    .option('--limit <n>', 'stop after so many events', countFrom(1))
    .option('--explain', 'tell which selections, fields and values made a rule match', false)
    .option('--nearly', 'tell of every event which rules lack exactly one selection (slow)', false)
    .option('--profile', 'tell which rules cost most', false)
    .option('--json', 'print JSON, one object a match', false)
    .action(runDetect);
};
