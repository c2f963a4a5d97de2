import type {
  Actor,
  BacktestAsked,
  BacktestCancelled,
  BacktestedRule,
  BacktestFinished,
  BacktestPage,
  BacktestProgressed,
  RuleFailure,
} from '#contracts';
import type { View } from '#libs/model';

type BacktestFact = BacktestAsked | BacktestCancelled | BacktestFinished | BacktestProgressed;

export interface BacktestDoc {
  backtestId: string;
  ruleId: string;
  files: number;
  from: number;
  to: number;
  askedBy: Actor;
  askedAt: number;
  cancelled: boolean;
  finished: boolean;
  scanned: number;
  daysDone: number;
  days: number;
  daysScanned: number;
  elapsedMs: number | null;
  failures: RuleFailure[];
  failure: string | null;
  cut: string | null;
}

const changed = (message: Exclude<BacktestFact, BacktestAsked>): Partial<BacktestDoc> => {
  if (message.type === 'backtest.cancelled') return { cancelled: true };
  if (message.type === 'backtest.progressed') {
    const { scanned, daysDone, days } = message;
    return { scanned, daysDone, days };
  }
  const { scanned, daysScanned, elapsedMs, failures, failure, cut } = message;
  return { finished: true, scanned, daysScanned, elapsedMs, failures, failure: failure ?? null, cut: cut ?? null };
};

/** What rules would have done, and how far it is. One stream feeds a document. */
export const backtests: View<BacktestDoc, BacktestFact> & { indexes: string[] } = {
  name: 'backtests',
  hears: ['backtest.asked', 'backtest.cancelled', 'backtest.finished', 'backtest.progressed'],
  indexes: ['askedAt'],
  keys: ({ message }) => [message.backtestId],
  show: (before, { message }) => {
    if (message.type !== 'backtest.asked') return before && { ...before, ...changed(message) };
    const { backtestId, ruleId, files, from, to, by, at } = message;
    return (
      before ?? {
        backtestId,
        ruleId,
        files: files.length,
        from,
        to,
        askedBy: by,
        askedAt: at,
        cancelled: false,
        finished: false,
        scanned: 0,
        daysDone: 0,
        days: 0,
        daysScanned: 0,
        elapsedMs: null,
        failures: [],
        failure: null,
        cut: null,
      }
    );
  },
};

type TriedSample = Omit<BacktestedRule['samples'][number], 'native'> & { native: string };

/** A rule of a backtest, its events as text. */
export interface TriedRule extends Omit<BacktestedRule, 'samples'> {
  samples: TriedSample[];
}

export interface BacktestPageDoc {
  backtestId: string;
  page: number;
  rules: TriedRule[];
}

/** Pages of answers, each by itself. */
export const backtestPages: View<BacktestPageDoc, BacktestPage> & { indexes: string[] } = {
  name: 'backtest-pages',
  hears: ['backtest.page'],
  indexes: ['backtestId'],
  keys: ({ message: { backtestId, page } }) => [`${backtestId}/${page}`],
  show: (_doc, { message: { backtestId, page, rules } }) => ({
    backtestId,
    page,
    rules: rules.map((rule) => ({
      ...rule,
      samples: rule.samples.map((sample) => ({ ...sample, native: sample.native.toString('utf8') })),
    })),
  }),
};
