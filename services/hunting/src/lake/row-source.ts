import {
  BLOB,
  DOUBLE,
  DuckDBBlobValue,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBTableFunction,
  type DuckDBType,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { columns, type LakeColumn } from './columns.js';
import type { TenantLakeEvent } from './places.js';

/** Rows of a chunk, the most that DuckDB takes. */
const CHUNK = 2_048;
const TYPES: Record<LakeColumn['staged'], DuckDBType> = { VARCHAR, BLOB, INTEGER, DOUBLE };
const FUNCTION = 'rows_of';

/** Rows of ours that DuckDB reads as a table, with no table in between. */
export interface RowSource {
  /** Whatever is done while `FROM` names these rows. */
  reading<T>(rows: readonly TenantLakeEvent[], work: (from: string) => Promise<T>): Promise<T>;
}

const fill = (chunk: DuckDBDataChunk, rows: readonly TenantLakeEvent[]): void => {
  chunk.rowCount = rows.length;
  if (rows.length === 0) return;
  for (const [at, { of }] of columns.entries()) {
    const vector = chunk.getColumnVector(at);
    for (let index = 0; index < rows.length; index += 1) {
      const value = of(rows[index]!) ?? null;
      vector.setItem(index, Buffer.isBuffer(value) ? new DuckDBBlobValue(value) : value);
    }
    vector.flush();
  }
};

/** Registers the table function, for all connections of the instance. */
export const openRowSource = (connection: DuckDBConnection): RowSource => {
  const sources = new Map<string, { rows: readonly TenantLakeEvent[]; next: number }>();
  let last = 0;
  connection.registerTableFunction(
    DuckDBTableFunction.create({
      name: FUNCTION,
      parameterTypes: [VARCHAR],
      bindFunction: (info) => {
        for (const { name, staged } of columns) info.addResultColumn(name, TYPES[staged]);
        info.setBindData({ id: String(info.getParameter(0)) });
      },
      initFunction: (info) => info.setMaxThreads(1),
      mainFunction: (info, chunk) => {
        const source = sources.get((info.getBindData() as { id: string }).id);
        const from = source?.next ?? 0;
        fill(chunk, source?.rows.slice(from, from + CHUNK) ?? []);
        if (source) source.next += CHUNK;
      },
    }),
  );
  return {
    reading: async (rows, work) => {
      const id = String((last += 1));
      sources.set(id, { rows, next: 0 });
      try {
        return await work(`${FUNCTION}('${id}')`);
      } finally {
        sources.delete(id);
      }
    },
  };
};
