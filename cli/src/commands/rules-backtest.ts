import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { until } from '#stack';
import { backtestText, type ShownBacktest } from '../rules/backtest-text.js';
import { mustBeOk, mustKnow, type GraphqlClient } from '../gateway/graphql-client.js';
import { readRules } from '#libs/rules/loading';
import { print, printJson, say } from '../terminal/print.js';
import { openSession } from '../gateway/session.js';
import { fromCaller } from '../terminal/paths.js';

const ASK =
  'mutation($tenant: ID!, $input: BacktestInput!) { backtestRules(tenantId: $tenant, input: $input) OUTCOME }';
const CANCEL = 'mutation($id: ID!) { cancelBacktest(id: $id) OUTCOME }';
const STATE = 'finished scanned daysDone days';
const ANSWER = 'from to scanned daysScanned elapsedMs failures { file line reason } failure cut';
const RULES =
  'rules(first: 50, skip: $skip) { ruleId title level matches findings findingsPerDay costMs groups { key matches findings } samples { eventId occurredAt entity native } }';
const PAGE = 50;
const LOOK_EVERY_MS = 1_000;
/** A backtest takes ten minutes at most, and may wait for others. */
const PATIENCE_MS = 60 * 60_000;

interface BacktestFlags {
  tenant: string;
  rule?: string;
  days: string;
  mostEvents: string;
  json: boolean;
}
interface BacktestProgress {
  finished: boolean;
  scanned: number;
  daysDone: number;
  days: number;
}

const wholeOf = (name: string, text: string, most: number): number => {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > most)
    throw new Refused(`${name} is a whole number from 1 to ${most}, not "${text}"`, 'BAD_NUMBER');
  return Number(text);
};

const inputOf = (path: string | undefined, { rule: ruleId = '', days, mostEvents }: BacktestFlags) => {
  if ((path === undefined) === (ruleId === ''))
    throw new Refused('name a path with rules, or a rule that runs with --rule: one of the two', 'BAD_RULES');
  return {
    ruleId,
    files: path === undefined ? [] : readRules(fromCaller(path)),
    days: wholeOf('--days', days, 90),
    mostEvents: wholeOf('--most-events', mostEvents, 5_000_000),
  };
};

const untilFinished = async (admin: GraphqlClient, id: string, isStopped: () => boolean): Promise<void> => {
  let told = '';
  const look = async (): Promise<boolean> => {
    if (isStopped()) return true;
    const { backtest } = await admin.ask<{ backtest: BacktestProgress | null }>(
      `query($id: ID!) { backtest(id: $id) { ${STATE} } }`,
      { id },
    );
    if (backtest?.finished) return true;
    const line = backtest?.days ? `day ${backtest.daysDone + 1} of ${backtest.days}, ${backtest.scanned} events` : '';
    if (line !== '' && line !== told) say(line);
    told = line;
    return false;
  };
  await until('the backtest to end; is hunting running?', look, PATIENCE_MS, { everyMs: LOOK_EVERY_MS });
};

/** The answer with all its rules, a page at a time. */
const whole = async (admin: GraphqlClient, id: string): Promise<ShownBacktest> => {
  const { backtest } = await admin.ask<{ backtest: ShownBacktest }>(
    `query($id: ID!) { backtest(id: $id) { ${ANSWER} } }`,
    { id },
  );
  const rules: ShownBacktest['rules'] = [];
  let last: number;
  do {
    const page = await admin.ask<{ backtest: ShownBacktest }>(
      `query($id: ID!, $skip: Int!) { backtest(id: $id) { ${RULES} } }`,
      { id, skip: rules.length },
    );
    rules.push(...page.backtest.rules);
    last = page.backtest.rules.length;
  } while (last === PAGE);
  return { ...backtest, rules };
};

const run = async (path: string | undefined, flags: BacktestFlags): Promise<void> => {
  const input = inputOf(path, flags);
  const { admin } = await openSession();
  await mustKnow(admin, flags.tenant);
  const { id } = mustBeOk(await admin.change(ASK, { tenant: flags.tenant, input }), 'the backtest');
  let stopped = 0;
  const cancel = (): void => {
    stopped += 1;
    if (stopped > 1) process.exit(130);
    say('cancelling; what was found so far follows');
    void admin
      .change(CANCEL, { id })
      .catch((error: unknown) =>
        say(`it could not be cancelled: ${error instanceof Error ? error.message : String(error)}`),
      );
  };
  process.on('SIGINT', cancel);
  try {
    await untilFinished(admin, id ?? '', () => stopped > 1);
  } finally {
    process.off('SIGINT', cancel);
  }
  const backtest = await whole(admin, id ?? '');
  if (backtest.failure) throw new Refused(backtest.failure, 'BACKTEST_FAILED');
  if (flags.json) return printJson(backtest);
  print(backtestText(backtest));
};

/** rules backtest */
export const addBacktest = (rules: Command): void => {
  rules
    .command('backtest [path]')
    .description(
      "what rules would have done with a tenant's events of the last days: how many findings a day, for what, and at what cost",
    )
    .requiredOption('--tenant <id>', 'the tenant')
    .option('--rule <id>', 'try a rule that runs already, instead of files')
    .option('--days <number>', 'how many days back from now, 1 to 90; the latest first', '7')
    .option('--most-events <number>', 'events looked at, at most', '2000000')
    .option('--json', 'print as JSON', false)
    .addHelpText(
      'after',
      '\nFindings are counted as detection would raise them, by group and window. Ctrl+C cancels and shows what was found so far.\nExamples:\n  npm run vigie -- rules backtest new-rules/ --tenant acme --days 30\n  npm run vigie -- rules backtest --rule 0a1b… --tenant acme --json',
    )
    .action(run);
};
