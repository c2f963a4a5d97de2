/**
 * A lake of so many events in a folder, written by hunting's own pipe, compacted and asked: `node
 * dist/tools/bench/src/hunts/hunts-run.js EVENTS NUMBER ROUNDS FOLDER`. CPU is user and system time of all threads,
 * without the making of the events. Prints what it measured as JSON.
 */
import type { TelemetryEvent } from '#contracts';
import { DAY_MS } from '#libs/terms';
import type { Out } from '#libs/service';
import { askLake } from '../../../../services/hunting/src/lake/ask.js';
import { compactAll } from '../../../../services/hunting/src/lake/compact.js';
import { openDuck, type Duck } from '../../../../services/hunting/src/lake/duck.js';
import { writeRows } from '../../../../services/hunting/src/lake/write.js';
import { lakePipe } from '../../../../services/hunting/src/pipes/lake.js';
import { linesOf } from '../../../../cli/src/files/index.js';
import { eventsOf, TOPIC } from '../service/records.js';
import type { AskedTimes, HuntsRun } from './command.js';
import { FIRST, recordsOf, TENANT } from './lake-events.js';
import { questionsOf, type NamedQuestion } from './questions.js';

const SEEDS = 20_000;
/** Events that are made, and then written, at once. */
const BLOCK = 20_000;
const FILE_BYTES = 32 * 1024 * 1024;

const cpuMsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

const failed = (error: unknown): never => {
  throw error;
};

/** @returns ms of CPU. */
const write = async (duck: Duck, seeds: readonly TelemetryEvent[], number: number): Promise<number> => {
  const out = { setAside: async (_record: unknown, code: string) => failed(new Error(code)) } as unknown as Out;
  const pipe = lakePipe({
    write: (batches, name) => writeRows(duck, batches, name),
    fileBytes: FILE_BYTES,
    waitMs: DAY_MS,
    failed,
  });
  pipe.manual?.(async () => undefined);
  let [cpuMs, offset] = [0, 0];
  for (let from = 0; from < number; from += BLOCK) {
    const records = recordsOf(seeds, from, Math.min(BLOCK, number - from), number, offset);
    offset += records.length;
    cpuMs += await cpuMsOf(async () => {
      for (const record of records)
        await pipe.handle({ topic: TOPIC, partition: 0, records: [record], heartbeat: async () => undefined }, out);
      await pipe.flush();
    });
  }
  await pipe.stop();
  return cpuMs;
};

const compacted = (duck: Duck): Promise<number> =>
  cpuMsOf(() =>
    compactAll({
      duck,
      now: () => Date.now() + DAY_MS,
      lease: () => ({ hold: async () => true, release: async () => undefined }),
      failed: (_place, error) => failed(error),
    }),
  );

const sizesOf = async (duck: Duck): Promise<{ files: number; bytes: number }> => {
  const files = await duck.files.list('');
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
};

const asked = async (duck: Duck, questions: readonly NamedQuestion[], rounds: number): Promise<AskedTimes[]> => {
  const found = questions.map(({ name }): AskedTimes => ({ name, ms: [], cpuMs: [], rows: 0, scanned: 0 }));
  for (let round = 0; round < rounds; round += 1)
    for (const [at, { query }] of questions.entries()) {
      const one = found[at]!;
      const from = performance.now();
      const cpuMs = await cpuMsOf(async () => {
        const { rows, scanned } = await askLake(duck, TENANT, query);
        Object.assign(one, { rows: rows.length, scanned });
      });
      one.ms.push(performance.now() - from);
      one.cpuMs.push(cpuMs);
    }
  return found;
};

const main = async (): Promise<void> => {
  const [events = '', number, rounds, folder = ''] = process.argv.slice(2);
  const duck = await openDuck(folder, { memoryMb: 1_024 });
  const writeMs = await write(duck, await eventsOf(linesOf(events), 'WINDOWS', SEEDS), Number(number));
  const written = await sizesOf(duck);
  const compactMs = await compacted(duck);
  const { columns, texts } = questionsOf(FIRST + DAY_MS);
  const measured: HuntsRun = {
    events: Number(number),
    written,
    compacted: await sizesOf(duck),
    cpuMs: { write: writeMs, compact: compactMs },
    columns: await asked(duck, columns, Number(rounds)),
    texts: await asked(duck, texts, Math.min(Number(rounds), 3)),
    rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
  process.exit();
};

void main();
