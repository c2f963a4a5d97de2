import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Refused } from '#libs/model';
import type { SourceKind } from '#libs/sigma';
import { readRules } from '#libs/rules/loading';
import { countFrom, fromCaller, print, printJson, readSource, say, table } from '../../../../cli/src/terminal/index.js';
import { differencesBetween } from '../compare.js';
import { writePlan } from '../plan.js';
import { buildPeer, PEER_NAME, runOurs, runPeer, type SigmaRun } from '../runs.js';
import { takeEvents } from '../take-events.js';
import { renderDifferences } from './render.js';
import { judge, readAdjudicated, type UnjudgedDifference, type RefereeVerdict } from './adjudicated.js';

type RefereeFlags = { rules: string; events: string; source: SourceKind; limit?: number; json: boolean };
type Compared = {
  events: number;
  matches: { sigma: number; peer: number };
  differences: RefereeVerdict<UnjudgedDifference & { exampleLine: number }>[];
};

/** Both engines over the same lines, with every line's partition named, and what each matched alone. */
const compare = async ({ rules, events, source, limit }: RefereeFlags, dir: string): Promise<Compared> => {
  const program = buildPeer();
  if (!program) throw new Refused('the second referee is built with cargo, and there is none here', 'NO_CARGO');
  const [lines, plan, ours, theirs] = ['events.jsonl', 'plan.json', 'sigma.pairs', 'peer.pairs'].map((name) =>
    join(dir, name),
  ) as [string, string, string, string];
  const count = await takeEvents(fromCaller(events), lines, limit);
  say(`${count} events`);
  writePlan(plan, readRules(fromCaller(rules)), lines, source, true);
  const task: SigmaRun = { rules: fromCaller(rules), events: lines, source, rounds: 1 };
  const sigma = await runOurs(task, { pairs: ours });
  say('libs/sigma is done; the peer follows');
  const peer = await runPeer(program, plan, task, { pairs: theirs });
  const found = differencesBetween(ours, theirs)
    .flatMap(({ ruleId, onlySigma, onlyPeer, exampleLine }) => [
      { ruleId, only: 'libs/sigma', count: onlySigma, exampleLine },
      { ruleId, only: PEER_NAME, count: onlyPeer, exampleLine },
    ])
    .filter((one) => one.count > 0);
  return {
    events: count,
    matches: { sigma: sigma.matches, peer: peer.matches },
    differences: judge(found, readAdjudicated(), 'rsigma'),
  };
};

const runReferee = async (flags: RefereeFlags): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-referee-'));
  try {
    const { events, matches, differences } = await compare(flags, dir);
    const unjudged = differences.filter(({ judged }) => !judged).length;
    process.exitCode = unjudged > 0 ? 1 : 0;
    if (flags.json) return printJson({ events, matches, unjudged, differences });
    if (differences.length > 0)
      print(
        table(
          ['rule', 'only', 'lines', 'first', 'right', 'reason'],
          differences.map(({ ruleId, only, count, exampleLine, right = 'not judged', reason = '' }) => [
            ruleId,
            only,
            count,
            exampleLine,
            right,
            reason,
          ]),
        ),
      );
    print(
      `${events} events, ${matches.sigma} and ${matches.peer} matches; ${differences.length} differences, ${unjudged} of them not judged`,
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

/** bench referee */
export const addReferee = (bench: Command): void => {
  bench
    .command('referee')
    .description(
      "compare the matches of libs/sigma with rsigma-eval's, line by line; ends with 1 when a difference is not judged in tools/bench/adjudicated.json",
    )
    .requiredOption('--rules <path>', 'a folder, a file or a .tar.gz of rules')
    .requiredOption('--events <file>', 'events, one JSON object a line')
    .option('--source <name>', 'the kind of source the events are of', readSource, 'windows')
    .option('--limit <n>', 'so many events, evenly spread over the file', countFrom(1))
    .option('--json', 'print as JSON', false)
    .action(runReferee);
};

/** bench differences */
export const addDifferences = (bench: Command): void => {
  bench
    .command('differences')
    .description('the judged differences as Markdown, for docs/engine/differences.md')
    .action(() => print(renderDifferences(readAdjudicated())));
};
