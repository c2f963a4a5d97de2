import type { BacktestedRule, RuleFailure } from '#contracts';
import { yieldingInSlices } from '#libs/service';
import { DAY_MS } from '#libs/terms';
import { isGone } from '../lake/ask.js';
import type { LakeDay, LakeRow } from '../lake/scan.js';
import { FEEDS_AT_MOST } from './correlations.js';
import {
  backtestedRules,
  emptyTally,
  FINDINGS_AT_MOST,
  merge,
  take,
  type BacktestTally,
  type TriedRules,
} from './tally.js';
import { triedOf, type BacktestQuestion, type BacktestSupplies } from './tried-rules.js';

/** Longest a backtest may take, ms. */
export const MOST_MS = 10 * 60_000;
const LOOK_EVERY_MS = 2_000;
const TRIES = 3;

/** What a backtest reads, and whom it asks and tells while it runs. */
export interface BacktestPorts {
  /** The latest first. */
  days(): Promise<LakeDay[]>;
  count(day: LakeDay): Promise<number>;
  scan(day: LakeDay): AsyncIterable<LakeRow[]>;
  isCancelled(): Promise<boolean>;
  progress(scanned: number, daysDone: number, days: number): Promise<void>;
  /** The service ends: throws, so that another takes the backtest up from its beginning. */
  goOn(): void;
  elapsed(): number;
  /** What this thread has worked, ms, where that can be told. */
  worked?: () => number;
}

/** What came of it; `daysScanned` is how many days the events cover that were looked at. */
export interface BacktestAnswer {
  rules: BacktestedRule[];
  scanned: number;
  daysScanned: number;
  failures: RuleFailure[];
  cut: string | null;
}

/** Looks around now and then: lets others work, tells, and says why to stop. */
const watch = (ports: BacktestPorts) => {
  const began = ports.elapsed();
  let looked = began;
  const pause = yieldingInSlices(() => ports.elapsed());
  return async (tell: () => Promise<void>): Promise<string | undefined> => {
    ports.goOn();
    const now = ports.elapsed();
    await pause();
    if (now - began > MOST_MS) return `it took longer than ${MOST_MS / 60_000} minutes`;
    if (now - looked < LOOK_EVERY_MS) return undefined;
    looked = now;
    await tell();
    return (await ports.isCancelled()) ? 'it was cancelled' : undefined;
  };
};

interface DayOutcome {
  tally: BacktestTally;
  scanned: number;
  cut: string | undefined;
}

const STEP = 200;

const tryDay = async (
  ports: BacktestPorts,
  tried: TriedRules,
  day: LakeDay,
  left: { events: number; findings: number; feeds: number },
  look: (scanned: number) => Promise<string | undefined>,
): Promise<DayOutcome> => {
  const tally = emptyTally();
  let scanned = 0;
  for await (const rows of ports.scan(day)) {
    for (const row of rows) {
      if (scanned >= left.events) return { tally, scanned, cut: 'it was to look at no more events' };
      take(tally, tried, row);
      scanned += 1;
      if (tally.findings > left.findings)
        return { tally, scanned, cut: `there would be more than ${FINDINGS_AT_MOST} findings` };
      if (tally.feeds.length > left.feeds)
        return { tally, scanned, cut: `more than ${FEEDS_AT_MOST} matches feed correlations` };
      if (scanned % STEP !== 0) continue;
      tried.meter = tried.budget.batch();
      const cut = await look(scanned);
      if (cut) return { tally, scanned, cut };
    }
  }
  return { tally, scanned, cut: undefined };
};

/** A day is begun again when compaction took a file away under it. */
const tryAgain = async (work: () => Promise<DayOutcome>): Promise<DayOutcome> => {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!isGone(error) || left <= 0) throw error;
    }
  }
};

/** Puts a tenant's events to rules, day by day, the latest first. What is left out is said in `cut`. */
export const runBacktest = async (
  ports: BacktestPorts,
  question: BacktestQuestion,
  supplied: BacktestSupplies,
): Promise<BacktestAnswer> => {
  const { tried, failures } = triedOf(question, supplied, ports);
  const all = emptyTally();
  const days = tried.byId.size + tried.correlationIds.size === 0 ? [] : await ports.days();
  const look = watch(ports);
  let [scanned, daysScanned] = [0, 0];
  const whole = { from: Infinity, to: Math.min(days[0]?.to ?? 0, question.at) };
  let cut: string | undefined;
  for (const [index, day] of days.entries()) {
    const before = scanned;
    cut = await look(() => ports.progress(before, index, days.length));
    if (cut) break;
    const left = {
      events: question.mostEvents - before,
      findings: FINDINGS_AT_MOST - all.findings,
      feeds: FEEDS_AT_MOST - all.feeds.length,
    };
    const outcome = await tryAgain(() =>
      tryDay(ports, tried, day, left, (now) => look(() => ports.progress(before + now, index, days.length))),
    );
    merge(all, outcome.tally);
    scanned += outcome.scanned;
    const rows = outcome.cut ? await ports.count(day) : 0;
    daysScanned +=
      ((day.to - day.from) / DAY_MS) * (outcome.cut ? Math.min(1, outcome.scanned / Math.max(rows, 1)) : 1);
    cut = outcome.cut;
    if (cut) break;
    whole.from = day.from;
  }
  const slow = tried.budget.news().flatMap(({ ruleIds, reason }) =>
    ruleIds.map((ruleId) => ({
      file: tried.byId.get(ruleId)?.file ?? '',
      line: tried.byId.get(ruleId)?.line ?? 1,
      reason: `switched off half-way: ${reason}`,
    })),
  );
  return {
    rules: backtestedRules(all, tried, daysScanned, whole),
    scanned,
    daysScanned,
    failures: [...failures, ...slow].map(({ file, line, reason }) => ({ file, line, reason })),
    cut: cut ?? null,
  };
};
