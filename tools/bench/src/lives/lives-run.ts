/**
 * One measurement of a tenant that lives long, in a process of its own: `node dist/tools/bench/src/lives/lives-run.js
 * JSON`; JSON to stdout.
 */
import type { ReportKind } from '#contracts';
import { attachStack } from '#stack';
import type { LongLife } from './life.js';
import { keepFindings, measureRebuild } from './rebuilt.js';
import { liveOn, measureReport } from './reports.js';

/** What a process is to do on the stack over `dir`. */
export type LivesTask = { dir: string; life: LongLife; into: string } & (
  | { what: 'live' | 'keep' | 'rebuild' }
  | { what: 'report'; kind: ReportKind }
);

const DATABASE = 'vigie_bench_lives';

const measured = async (task: LivesTask): Promise<unknown> => {
  const stack = await attachStack(task.dir);
  if (!stack) throw new Error('there is no stack');
  const { tenant, to } = task.life;
  switch (task.what) {
    case 'live':
      return liveOn(stack.mongoUrl, DATABASE, task.life);
    case 'keep':
      return keepFindings(stack.mongoUrl, task.life);
    case 'rebuild':
      return measureRebuild(stack);
    case 'report':
      return measureReport(stack.mongoUrl, DATABASE, { tenant, to, kind: task.kind, into: task.into });
  }
};

const main = async (): Promise<void> => {
  const found = await measured(JSON.parse(process.argv[2] ?? '') as LivesTask);
  process.stdout.write(`${JSON.stringify(found ?? null)}\n`);
  process.exit();
};

void main();
