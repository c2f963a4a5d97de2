import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR_MS } from '#libs/terms';
import { openDuck } from './duck.js';
import type { TenantLakeEvent } from './places.js';
import { writeRows } from './write.js';

const first = Date.UTC(2026, 10, 2, 6);
/** A Python that has chdb, ClickHouse in a process. */
const python = process.env.CHDB_PYTHON ?? '';

const rowOf = (index: number): TenantLakeEvent => ({
  ...{ tenant: index % 3 === 0 ? 'globex' : 'acme', source: 'edr', kind: 'WINDOWS', context: undefined },
  event: {
    ...{ id: `e${index}`, occurredAt: first + (index % 5) * HOUR_MS, ingestedAt: first, entity: 'host:ws1', flags: [] },
    observables: [
      { kind: 'domain', value: `c${index % 4}.test` },
      { kind: 'hostname', value: 'ws1' },
    ],
    ocsf: { classUid: 1007, activityId: 1, severityId: 1, message: 'it' },
    native: Buffer.from(JSON.stringify({ index, text: index % 7 === 0 ? 'Größe "LSASS"' : 'nothing' })),
  },
});

const questions = (files: string, hourOf: string, unnest: string): string[] => [
  `SELECT tenant, ${hourOf} AS hour, count(DISTINCT id) FROM ${files} GROUP BY 1, 2 ORDER BY 1, 2`,
  `SELECT id FROM ${files} WHERE native ILIKE '%lsass%' ORDER BY id`,
  `SELECT one, count(*) FROM (SELECT ${unnest}(observables) AS one FROM ${files}) GROUP BY 1 ORDER BY 1`,
];

(python === '' ? it.skip : it)(
  'ClickHouse reads of the lake what DuckDB does (CHDB_PYTHON)',
  async () => {
    const lake = await mkdtemp(join(tmpdir(), 'lake-'));
    const duck = await openDuck(lake, { memoryMb: 256 });
    await writeRows(duck, [Array.from({ length: 300 }, (_, index) => rowOf(index))], 'a.parquet');
    const glob = `${lake}/tenant=*/day=*/*/*.parquet`;
    const connection = await duck.connect();
    const program =
      'import chdb, sys\nfor sql in sys.argv[1:]: print(chdb.query(sql, "JSONCompactEachRow"), end="\\n;")';
    const theirs = execFileSync(python, [
      '-c',
      program,
      ...questions(`file('${glob}', Parquet)`, `formatDateTime(occurred_at, '%F %H')`, 'arrayJoin'),
    ]);
    const answers = theirs.toString().split(';').slice(0, -1);
    const hourOf = `strftime(occurred_at, '%Y-%m-%d %H')`;
    for (const [at, sql] of questions(
      `read_parquet('${glob}', hive_partitioning = true)`,
      hourOf,
      'unnest',
    ).entries()) {
      const rows = answers[at]
        ?.trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as unknown[]).map(String));
      expect(rows).toEqual((await connection.runAndReadAll(sql)).getRows().map((row) => row.map(String)));
    }
    connection.closeSync();
    duck.close();
    await rm(lake, { recursive: true });
  },
  60_000,
);
