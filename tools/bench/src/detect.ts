import type { Command } from 'commander';
import { BadEvent, compile, type RuleSet, type SourceKind } from '#libs/sigma';
import { linesOf } from '../../vigie/src/files.js';
import { readRules } from '../../vigie/src/rule-files.js';
import { print, table } from '../../vigie/src/screen.js';
import { fromCaller } from './paths.js';
import { readCount, readSource } from './sources.js';

type Flags = { rules: string; events: string; source: SourceKind; limit?: number; profile: boolean; json: boolean };
type Done = { events: number; matches: number; badEvents: number; seconds: number };

const COSTLIEST = 25;

const run = async (set: RuleSet, { events: path, source, limit = Infinity }: Flags, found: (event: number, ruleId: string) => void): Promise<Done> => {
  const done: Done = { events: 0, matches: 0, badEvents: 0, seconds: 0 };
  for await (const line of linesOf(fromCaller(path))) {
    if (done.events >= limit) break;
    const native = Buffer.from(line);
    const began = performance.now();
    try {
      for (const ruleId of set.match({ logsource: source, native })) {
        done.matches++;
        found(done.events, ruleId);
      }
    } catch (error) {
      if (!(error instanceof BadEvent)) throw error;
      done.badEvents++;
    }
    done.seconds += (performance.now() - began) / 1_000;
    done.events++;
  }
  return done;
};

const runDetect = async (flags: Flags): Promise<void> => {
  const set = compile(readRules(fromCaller(flags.rules)), flags.profile ? { clock: () => performance.now() } : {});
  const titles = new Map(set.rules.map(({ id, title }) => [id, title]));
  const done = await run(set, flags, (event, ruleId) => print(flags.json ? JSON.stringify({ event, ruleId }) : `${event}  ${ruleId}  ${titles.get(ruleId) ?? ''}`));
  const costs = flags.profile ? set.costs().slice(0, COSTLIEST).map((cost) => ({ ...cost, title: titles.get(cost.ruleId) ?? '' })) : undefined;
  const summary = { ...done, rules: set.rules.length, failed: set.failures.length, work: set.work(), ...(costs ? { costliest: costs } : {}) };
  if (flags.json) return print(JSON.stringify({ summary }));
  print(`${done.events} events, ${done.matches} matches of ${summary.rules} rules, ${done.badEvents} events that are no JSON object, ${done.seconds.toFixed(2)} s matching`);
  if (costs) print(table(['ms', 'runs', 'matches', 'rule'], costs.map(({ ms, runs, matches, title }) => [Number(ms.toFixed(1)), runs, matches, title])));
};

/** detect */
export const addDetect = (program: Command): void => {
  program.command('detect')
    .description('run Sigma rules over a file of JSON lines (plain, .gz or .zip): one line a match, then a summary')
    .requiredOption('--rules <path>', 'a folder, a file or a .tar.gz of rules')
    .requiredOption('--events <file>', 'events, one JSON object a line, as their vendor writes them')
    .option('--source <name>', 'windows, cloudtrail, okta or suricata', readSource, 'windows')
    .option('--limit <n>', 'stop after so many events', readCount)
    .option('--profile', 'tell which rules cost most', false)
    .option('--json', 'print JSON, one object a match', false)
    .action(runDetect);
};
