import type { Command } from 'commander';
import { print, printJson, say, table } from '../../../../cli/src/terminal/index.js';
import { judge, readAdjudicated, type RefereeVerdict } from '../referee/adjudicated.js';
import { otrf, stratus } from './attacks.js';
import { findPack } from './pack.js';
import { panther } from './panther.js';
import type { PairReport } from './pairs.js';
import { regression } from './regression.js';
import { ruleSets } from './rule-sets.js';
import type { Score, Share } from './score.js';

type SetScore = Pick<PairReport, 'recall' | 'extra'> & {
  unjudged: number;
  differences: RefereeVerdict<{ recording: string; ruleId: string; title: string; only: string; count: number }>[];
};

const OTHERS = 'pySigma';

/** What another engine found, held against ours, with what was judged of the differences. */
export const judged = ({ recall, extra, differences }: PairReport, referee: string): SetScore => {
  const found = differences.map(({ recording, ruleId, title, side, entities }) => ({
    recording,
    ruleId,
    title,
    only: side === 'extra' ? 'libs/sigma' : OTHERS,
    count: entities,
  }));
  const verdicts = judge(found, readAdjudicated(), referee);
  return { recall, extra, unjudged: verdicts.filter((one) => !one.judged).length, differences: verdicts };
};

type Truth = { scores: Score[]; pairs: Record<string, SetScore> };

/** Runs every labelled set of the pack through the product's own domain. */
export const measureTruth = async (pack: string, tell: (line: string) => void): Promise<Truth> => {
  tell('loading rules');
  const { own, sigmahq } = await ruleSets(pack);
  const sets = sigmahq ? [sigmahq, own] : [own];
  const attacks = { otrf: await otrf(pack, sets, tell), aws: await stratus(pack, sets, tell) };
  tell('labelled events of vendors');
  const pairs = Object.entries(attacks).flatMap(([name, one]) =>
    one.pairs ? [[name, judged(one.pairs, name)] as const] : [],
  );
  const recorded = sigmahq ? [await regression(pack, sigmahq)] : [];
  return {
    scores: [...recorded, ...attacks.otrf.scores, ...attacks.aws.scores, ...(await panther(pack, own))],
    pairs: Object.fromEntries(pairs),
  };
};

const shown = (share: Share | undefined): string =>
  share === undefined || share.value === null
    ? '–'
    : `${(share.value * 100).toFixed(0)} % (${share.found}/${share.of})`;

const tell = ({ scores, pairs }: Truth): void => {
  print(
    table(
      ['source', 'rules', 'recall', 'precision', 'attacks', 'events', 'findings', 'cases'],
      scores.map((one) => [
        one.source,
        one.rules,
        shown(one.recall),
        shown(one.precision),
        shown(one.attacks),
        one.events,
        one.findings,
        one.cases,
      ]),
    ),
  );
  for (const { source, rules, missed, false: wrong } of scores) {
    if (source === 'panther') continue;
    for (const name of missed) print(`missed  ${source} (${rules}): ${name}`);
    if (source.startsWith('panther/')) for (const name of wrong) print(`false   ${source} (${rules}): ${name}`);
  }
  for (const [name, { recall, extra, unjudged, differences }] of Object.entries(pairs)) {
    print(
      `${name}: ${recall.found} of ${recall.of} pairs of rule and entity that ${OTHERS} found, ${extra} more; ${unjudged} differences not judged`,
    );
    for (const one of differences.filter((difference) => !difference.judged))
      print(`  not judged: ${one.recording}: ${one.title} (${one.ruleId}), only ${one.only}, ${one.count}`);
  }
};

const runTruth = async ({ data, json }: { data?: string; json: boolean }): Promise<void> => {
  const truth = await measureTruth(findPack(data), say);
  process.exitCode = Object.values(truth.pairs).some(({ unjudged }) => unjudged > 0) ? 1 : 0;
  if (json) return printJson(truth);
  tell(truth);
};

/** bench truth */
export const addTruth = (bench: Command): void => {
  bench
    .command('truth')
    .description(
      'how many labelled attacks are found: recall, precision, events : findings : cases, by source; and every failure by name',
    )
    .option('--data <folder>', 'the folder of labelled recordings; without it, ../shared/data beside the checkout')
    .option('--json', 'print as JSON', false)
    .action(runTruth);
};
