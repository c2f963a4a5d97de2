export { SeparatedValues } from './table/separated-values.js';
export { namedTable, tableReader } from './table/table-kinds.js';
export { type TableReader, type TableRow } from './table/table.js';
export { growthOf, partsOf } from './reading/files.js';
export { type FilePart } from './reading/part.js';
