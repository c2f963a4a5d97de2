import { Fault } from '#libs/model';
import { defineService, every, type ServiceContext } from '#libs/service';
import { config, type HuntingConfig } from './config.js';
import { backtestStream } from './domain/backtest/decider.js';
import { huntStream } from './domain/hunt/decider.js';
import { answerHunt, type AnswerPorts } from './effects/answer-hunt.js';
import { openBacktests, runBacktests, type Backtests } from './effects/perform-backtest.js';
import { askLake } from './lake/ask.js';
import { huntable } from './lake/columns.js';
import { compactAll } from './lake/compact.js';
import { compactionLease } from './lake/compaction-lease.js';
import { openDuck, type Duck } from './lake/duck.js';
import { openFiles } from './lake/files/open.js';
import { keepWithin } from './lake/keep.js';
import { lakePipe, type LakeOptions } from './pipes/lake.js';
import { writeRows } from './lake/write.js';

interface HuntingPorts extends AnswerPorts {
  duck: Duck;
  lake: LakeOptions;
  backtests: Backtests;
}

const open = async (context: ServiceContext<HuntingConfig>): Promise<HuntingPorts> => {
  const { log, fail } = context;
  const { LAKE_FILE_MB, LAKE_WAIT_MS, LAKE_THREADS, LAKE_MEMORY_MB, LAKE_SPILL_MB } = context.config;
  const duck = await openDuck(await openFiles(context.config), {
    threads: LAKE_THREADS,
    memoryMb: LAKE_MEMORY_MB,
    spillMb: LAKE_SPILL_MB,
  });
  return {
    duck,
    lake: {
      write: (batches, name) => writeRows(duck, batches, name),
      fileBytes: LAKE_FILE_MB * 1024 * 1024,
      waitMs: LAKE_WAIT_MS,
      failed: (error) => fail(error instanceof Error ? error : new Fault(String(error))),
    },
    backtests: openBacktests(context, duck),
    log,
    ask: (tenant, query) => askLake(duck, tenant, query),
    elapsed: () => performance.now(),
  };
};

/** Compacts now and then; what fails is tried again. */
const compacting = (
  { duck }: HuntingPorts,
  {
    config: { LAKE_COMPACT_EVERY_MS, LAKE_KEEP_DAYS: days, LAKE_KEEP_DAYS_OF: byTenant },
    log,
    store,
    clock,
  }: ServiceContext<HuntingConfig>,
): (() => Promise<void>) => {
  const compact = async (): Promise<void> => {
    for (const [tenant, files] of await keepWithin(duck, { days, byTenant }, clock.now()))
      log.info({ tenant, files }, 'what is not kept any more was taken away');
    const files = await compactAll({
      duck,
      now: () => clock.now(),
      lease: (place) => compactionLease(store, place),
      failed: (place, error) => log.warn({ err: error, place }, 'an hour could not be compacted'),
    });
    if (files > 0) log.info({ files }, 'compacted');
  };
  return every(LAKE_COMPACT_EVERY_MS, compact, (error) => log.warn({ err: error }, 'compaction failed'));
};

/** The lake and the questions put to it. */
export const hunting = defineService({
  name: 'hunting',
  config,
  decides: [huntStream(huntable), backtestStream],
  asks: ['backtest.record-page', 'backtest.record-progress', 'hunt.record-page'],
  ports: open,
  performs: (ports) => [answerHunt(ports), runBacktests(ports)],
  pipes: [
    {
      name: 'lake',
      from: ['vigie.telemetry.enriched', 'vigie.hunting.retry'],
      to: [],
      open: ({ lake }) => lakePipe(lake),
    },
  ],
  listens: {
    start: async (ports, context) => {
      const stopCompacting = compacting(ports, context);
      return async () => {
        ports.backtests.stop();
        await stopCompacting();
      };
    },
  },
  close: async ({ duck }) => {
    duck.close();
    await duck.files.close();
  },
});
