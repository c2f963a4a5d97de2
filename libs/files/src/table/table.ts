/** Why a part of a file or message is no event: a code for programs, a sentence for people. */
export interface PartProblem {
  code: string;
  sentence: string;
}

/** A row of a table: the event that it is, as one line of JSON, or why it is none. `bytes`: as it came. */
export type TableRow = { bytes: Buffer } & ({ json: Buffer } | { problem: PartProblem });

/** Reads a table from its beginning, in parts of any size. What it holds back is bounded. */
export interface TableReader {
  /** @param isLast nothing comes behind these bytes. */
  take(bytes: Buffer, isLast: boolean): TableRow[];
}

/** A row is an event: longer ones are none. */
export const MOST_ROW_BYTES = 1024 * 1024;

/** Rows that one `take` cuts; what stands behind them is told as one that is none. */
export const MOST_ROWS = 100_000;
/** JSON that one `take` makes: every row says all the names again, and so may be far more than its bytes. */
const MOST_TAKEN_BYTES = 32 * 1024 * 1024;
const MOST_COLUMNS = 2_000;
const MOST_NAME_BYTES = 256;
const MOST_NAMES_BYTES = 64 * 1024;

/** What a header names can be told with every row. */
export const areNames = (names: readonly string[]): boolean => {
  if (names.length > MOST_COLUMNS) return false;
  const lengths = names.map((name) => Buffer.byteLength(name));
  return (
    lengths.every((one) => one <= MOST_NAME_BYTES) && lengths.reduce((sum, one) => sum + one, 0) <= MOST_NAMES_BYTES
  );
};

/** What areNames asks, in words. */
export const NAMES = `${MOST_COLUMNS} columns, ${MOST_NAME_BYTES} bytes a name and ${MOST_NAMES_BYTES} in all`;

export const TOO_MANY: PartProblem = {
  code: 'TOO_MANY_EVENTS',
  sentence: `The rows before make more than ${MOST_ROWS} events or ${MOST_TAKEN_BYTES} bytes of JSON: send them in parts.`,
};

type MadeRow = { json: Buffer } | { problem: PartProblem };

/** Makes rows while what one `take` may make has room. */
export class RowRoom {
  private left = MOST_TAKEN_BYTES;

  made<Made extends MadeRow | undefined>(make: () => Made): Made | MadeRow {
    if (this.left < 0) return { problem: TOO_MANY };
    const row = make();
    if (row && 'json' in row) this.left -= row.json.length;
    return row;
  }
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

export const withoutBom = (bytes: Buffer): Buffer =>
  bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;

/** What Event Viewer names of what it saves; `Keywords` stands first of the Security log. */
const OF_EVENT_VIEWER = /^(?:Level|Keywords)\nDate and Time\nSource\nEvent ID\nTask Category$/;

/** Names of columns with the one that Windows' Event Viewer leaves out: its rows end with the message of the event. */
export const withUnnamed = (names: readonly string[]): readonly string[] =>
  OF_EVENT_VIEWER.test(names.join('\n').slice(0, 100)) ? [...names, 'Message'] : names;
