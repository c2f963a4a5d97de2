import { Refused } from '#libs/model';
import type { ViewQuery, FilterScalar, ViewFilter } from './port.js';

/** Operators a caller may use, by the store's name for them. */
const OPERATORS = { in: '$in', gt: '$gt', gte: '$gte', lt: '$lt', lte: '$lte', ne: '$ne' } as const;
const FIELD = /^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_][A-Za-z0-9_-]*){0,5}$/;
const IN_LIMIT = 1_000;

const bad = (message: string): Refused => new Refused(message, 'BAD_FILTER');

/** Path of a document's field in the store. @throws Refused for anything but a plain dotted name. */
export const fieldOf = (name: string): string => {
  if (!FIELD.test(name)) throw bad(`not a field: ${JSON.stringify(name)}`);
  return `doc.${name}`;
};

/** What stands at a field of a document, such as `lead.severity`; undefined where nothing does. */
export const valueIn = (doc: unknown, name: string): unknown =>
  name
    .split('.')
    .reduce<unknown>(
      (inner, part) =>
        typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[part] : undefined,
      doc,
    );

const isScalar = (value: unknown): value is FilterScalar =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

const scalar = (value: unknown): FilterScalar => {
  if (!isScalar(value)) throw bad('a filter compares with texts, numbers, booleans and null only');
  return value;
};

const isOperator = (name: string): name is keyof typeof OPERATORS => Object.hasOwn(OPERATORS, name);

const operator = (name: string, value: unknown): Record<string, unknown> => {
  if (name === 'prefix') {
    if (typeof value !== 'string') throw bad('a prefix is a text');
    return { $gte: value, $lt: `${value}\uffff` };
  }
  if (!isOperator(name)) throw bad(`no such operator: ${JSON.stringify(name)}`);
  if (name !== 'in') return { [OPERATORS[name]]: scalar(value) };
  if (!Array.isArray(value) || value.length > IN_LIMIT) throw bad(`"in" takes a list of at most ${IN_LIMIT}`);
  return { $in: value.map(scalar) };
};

/**
 * A filter on documents' fields; nothing of the caller's becomes an operator of the store.
 * @throws Refused BAD_FILTER.
 */
export const filterOf = (where: ViewFilter = {}): Record<string, unknown> => {
  const filter: Record<string, unknown> = {};
  for (const [name, wanted] of Object.entries(where)) {
    const field = fieldOf(name);
    if (wanted === undefined) continue;
    if (typeof wanted !== 'object' || wanted === null) {
      filter[field] = { $eq: scalar(wanted) };
      continue;
    }
    const conditions = Object.entries(wanted).filter(([, value]) => value !== undefined);
    if (conditions.length === 0) throw bad(`nothing asked of ${name}`);
    filter[field] = Object.assign({}, ...conditions.map(([key, value]) => operator(key, value)));
  }
  return filter;
};

/** Where a page ended: the sorted values of its last document, and its id. */
interface PageCursor {
  values: FilterScalar[];
  id: string;
}

export const cursorOf = (cursor: PageCursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

const readCursor = (after: string, length: number): PageCursor => {
  try {
    const { values, id } = JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as {
      values: unknown;
      id: unknown;
    };
    if (Array.isArray(values) && values.length === length && typeof id === 'string')
      return { values: values.map(scalar), id };
  } catch {
    // Told below.
  }
  throw new Refused('the cursor is not one of this query', 'BAD_CURSOR');
};

/** What comes strictly after a value. Missing and null stand before everything else. */
const beyond = (field: string, value: FilterScalar, direction: 1 | -1): Record<string, unknown> | undefined => {
  if (direction === 1) return value === null ? { [field]: { $ne: null } } : { [field]: { $gt: value } };
  return value === null ? undefined : { $or: [{ [field]: { $lt: value } }, { [field]: null }] };
};

/** Documents after the cursor, in the order of `sort` and then `_id`. */
export const afterOf = (after: string, sort: readonly (readonly [string, 1 | -1])[]): Record<string, unknown> => {
  const { values, id } = readCursor(after, sort.length);
  const same: Record<string, unknown>[] = [];
  const ways: Record<string, unknown>[] = [];
  sort.forEach(([name, direction], at) => {
    const field = fieldOf(name);
    const value = values[at] ?? null;
    const further = beyond(field, value, direction);
    if (further) ways.push({ $and: [...same, further] });
    same.push({ [field]: { $eq: value } });
  });
  ways.push({ $and: [...same, { _id: { $gt: id } }] });
  return { $or: ways };
};

export const sortOf = (sort: ViewQuery['sort'] = {}): [string, 1 | -1][] =>
  Object.entries(sort).map(([name, direction]) => {
    if (direction !== 1 && direction !== -1) throw bad('a sort goes 1 or -1');
    return [name, direction];
  });
