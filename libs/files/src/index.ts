export { SeparatedValues } from './table/separated-values.js';
export { isZeekLog, tableReader } from './table/table-kinds.js';
export { type TableReader, type TableRow } from './table/table.js';
export { ZeekLog } from './table/zeek-log.js';
export { partsOf } from './reading/files.js';
export { type FilePart } from './reading/part.js';
