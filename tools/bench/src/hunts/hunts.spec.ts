import { DAY_MS } from '#libs/terms';
import { matchesStatement } from '../../../../services/hunting/src/lake/question.js';
import { huntsFigures } from './command.js';
import { FIRST } from './lake-events.js';
import { questionsOf } from './questions.js';

describe('bench hunts', () => {
  it('asks what the lake can answer', () => {
    const { columns, texts } = questionsOf(FIRST + DAY_MS);
    for (const { query } of [...columns, ...texts])
      expect(matchesStatement(query, { alone: ['a.parquet'], shared: [] }).sql).toContain('LIMIT 501');
  });

  it('tells CPU by event, and times of all hunts and of each', () => {
    const times = (name: string, ...ms: number[]) => ({ name, ms, cpuMs: ms, rows: 1, scanned: 10 });
    const run = {
      events: 1_000,
      written: { files: 48, bytes: 300_000 },
      compacted: { files: 24, bytes: 250_000 },
      cpuMs: { write: 20, compact: 10 },
      columns: [times('a', 1, 2, 3), times('b', 100, 200, 300)],
      texts: [times('c', 900)],
      rssMb: 1,
    };
    expect(huntsFigures(run)).toMatchObject({
      cpuMicrosPerEvent: { write: 20, compact: 10 },
      bytesPerEvent: { written: 300, compacted: 250 },
      hunts: { p50Ms: 100, p95Ms: 300 },
      each: [{ name: 'a', p50Ms: 2 }, { p95Ms: 300 }, { name: 'c', p50Ms: 900 }],
    });
  });
});
