/**
 * Backtests take minutes, so one of a tenant runs at a time, and few in all; tenants take turns. What was asked comes
 * from the stream's facts. One that ends half-way, because the service does, is begun again by whoever takes it next;
 * pages have derived ids, so nothing is recorded twice.
 */
import type { BacktestAsked, BacktestSupplied, BacktestRecordPage, TenantState } from '#contracts';
import { Fault, idOf, type Effect, type Heard, type Typed } from '#libs/model';
import { threadCpuMs, type ServiceContext } from '#libs/service';
import type { Duck } from '../lake/duck.js';
import { countDay, daysWithin, scanDay } from '../lake/scan.js';
import { pagesOf } from '../backtest/pages.js';
import { runBacktest, type BacktestAnswer, type BacktestPorts } from '../backtest/run-backtest.js';

const IN_ALL = 2;
const WITHIN_MINUTES = 120;

export type BacktestContext = Pick<ServiceContext, 'store' | 'ask' | 'log'>;

export interface Backtests {
  run(heard: HeardSupply): Promise<void>;
  /** What runs ends soon, unfinished. */
  stop(): void;
}

type HeardSupply = Heard<BacktestSupplied>;

/** @returns undefined when there is nothing to do any more: it has ended, or was erased. */
const askedOf = async (
  { store }: BacktestContext,
  { envelope: { tenant, subject } }: HeardSupply,
): Promise<BacktestAsked | undefined> => {
  const { facts } = await store.facts(tenant).stream(subject);
  const isOver = facts.some(({ message }) => message.type === 'backtest.finished');
  return isOver
    ? undefined
    : facts
        .map(({ message }) => message)
        .find((message): message is BacktestAsked => message.type === 'backtest.asked');
};

const asking =
  ({ ask }: BacktestContext, { envelope, message: { backtestId } }: HeardSupply) =>
  (seed: string, request: Typed): Promise<void> =>
    ask([
      {
        id: idOf('request', envelope.tenant, backtestId, request.type, seed),
        tenant: envelope.tenant,
        request,
        causationId: envelope.id,
        correlationId: envelope.correlationId ?? envelope.id,
      },
    ]);

const portsOf = (
  context: BacktestContext,
  duck: Duck,
  heard: HeardSupply,
  { from, to }: BacktestAsked,
  goOn: () => void,
): BacktestPorts => {
  const {
    envelope: { tenant, time },
    message: { backtestId },
  } = heard;
  const ask = asking(context, heard);
  return {
    days: () => daysWithin(duck.files, tenant, from, to),
    count: (day) => countDay(duck, tenant, day),
    scan: (day) => scanDay(duck, tenant, day),
    isCancelled: async () => {
      for await (const { message } of context.store.facts(tenant).all({ types: ['backtest.cancelled'], from: time })) {
        if ((message as { backtestId?: string }).backtestId === backtestId) return true;
      }
      return false;
    },
    progress: (scanned, daysDone, days) =>
      ask(String(scanned), { type: 'backtest.record-progress', backtestId, scanned, daysDone, days } as Typed),
    goOn,
    elapsed: () => performance.now(),
    worked: threadCpuMs,
  };
};

const nothing: BacktestAnswer = { rules: [], scanned: 0, daysScanned: 0, failures: [], cut: null };

const record = async (
  context: BacktestContext,
  heard: HeardSupply,
  answer: BacktestAnswer,
  failure: string | null,
  elapsedMs: number,
): Promise<void> => {
  const { rules, ...rest } = answer;
  const pages = pagesOf(rules);
  const ask = asking(context, heard);
  for (const [index, page] of pages.entries()) {
    const request: BacktestRecordPage = {
      type: 'backtest.record-page',
      backtestId: heard.message.backtestId,
      page: index + 1,
      rules: page,
      last: index === pages.length - 1,
      ...rest,
      elapsedMs,
      failure,
    };
    await ask(String(index + 1), request);
  }
};

export const openBacktests = (context: BacktestContext, duck: Duck): Backtests => {
  let stopping = false;
  const goOn = (): void => {
    if (stopping) throw new Fault('the service ends; the backtest is begun again');
  };
  const run = async (heard: HeardSupply): Promise<void> => {
    const asked = heard.message.failure ? undefined : await askedOf(context, heard);
    if (!asked) return;
    const began = performance.now();
    const { backtestId } = asked;
    const elapsedMs = (): number => Math.round(performance.now() - began);
    try {
      const answer = await runBacktest(
        portsOf(context, duck, heard, asked, goOn),
        { ...asked, tenant: heard.envelope.tenant },
        heard.message,
      );
      await record(context, heard, answer, null, elapsedMs());
      context.log.info(
        { backtestId, tenant: heard.envelope.tenant, scanned: answer.scanned, cut: answer.cut, elapsedMs: elapsedMs() },
        'backtest done',
      );
    } catch (error) {
      goOn();
      if (error instanceof Fault) throw error;
      context.log.warn({ err: error, backtestId }, 'a backtest failed');
      await record(
        context,
        heard,
        nothing,
        'The lake could not be read; ask for fewer days or try again.',
        elapsedMs(),
      );
    }
  };
  return {
    run,
    stop: () => {
      stopping = true;
    },
  };
};

export const runBacktests = (ports: { backtests: Backtests }): Effect<BacktestSupplied, Typed, TenantState> => ({
  name: 'run-backtest',
  hears: ['backtest.supplied'],
  atOnce: 1,
  atOnceInAll: IN_ALL,
  withinMinutes: WITHIN_MINUTES,
  perform: async (heard) => {
    await ports.backtests.run(heard);
    return [];
  },
});
