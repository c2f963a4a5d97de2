import { RowCutter } from './cut-rows.js';
import { FlowLog, isFlowLog } from './flow-log.js';
import { delimiterOf, SeparatedValues } from './separated-values.js';
import { withoutBom, withUnnamed, type TableReader } from './table.js';
import { ZeekLog } from './zeek-log.js';

const LOOKED_AT = 64 * 1024;
const LOOKED_AT_ROWS = 2;
const HASH = 0x23;
const ZEEK = /^(?:#[^\n]*\n){0,20}?#(?:separator |fields\t)/;
/** What columns are called: it begins with a letter and holds no time; what is a time, an address or a number is no name. */
const NAME = /^(?!.*\d:\d)[\p{L}_@$][\p{L}\p{N} _.:()[\]/\-#%$@&?']{0,199}$/u;

/** A log of Zeek's with its header. */
const isZeekLog = (text: Buffer): boolean => ZEEK.test(withoutBom(text).toString('latin1', 0, LOOKED_AT));

const cellsOf = (cells: readonly string[] | undefined): string[] =>
  (cells ?? []).map((cell) => Buffer.from(cell, 'latin1').toString('utf8').trim());

/**
 * Separated values with a header, and nothing else: every value of the first row is a name, none stands twice, and the
 * next row has as many values, of which one cannot be a name.
 */
export const isSeparatedValues = (text: Buffer): boolean => {
  const beginning = withoutBom(text).subarray(0, LOOKED_AT);
  const delimiter = delimiterOf(beginning.toString('latin1', 0, beginning.indexOf(0x0a) + 1));
  const [header, row] = new RowCutter(delimiter, LOOKED_AT_ROWS).take(beginning, true);
  const [names, values] = [withUnnamed(cellsOf(header?.cells)), cellsOf(row?.cells)];
  return (
    names.length > 1 &&
    names.length === values.length &&
    names.every((name) => NAME.test(name)) &&
    new Set(names).size === names.length &&
    values.some((value) => value !== '' && !NAME.test(value))
  );
};

/** The reader for a text whose first lines are a header that nothing else has; undefined for any other. */
export const namedTable = (text: Buffer): TableReader | undefined => {
  // Asked of every message: by its first byte most are neither.
  if (withoutBom(text)[0] === HASH) return isZeekLog(text) ? new ZeekLog() : undefined;
  return isFlowLog(text) ? new FlowLog() : undefined;
};

/** The reader for a text that is a table by its own account; undefined for any other. */
export const tableReader = (text: Buffer): TableReader | undefined => {
  const named = namedTable(text);
  if (named) return named;
  return isSeparatedValues(text) ? new SeparatedValues() : undefined;
};
