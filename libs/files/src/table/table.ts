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

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

export const withoutBom = (bytes: Buffer): Buffer =>
  bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
