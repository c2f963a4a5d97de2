import { Fault } from './errors.js';

interface AvroSchemaNode {
  type: unknown;
  name?: string;
  fields?: { name: string; type: unknown }[];
  items?: unknown;
  values?: unknown;
}

/** Definitions by full name, and the names that the slim schema has defined so far. */
interface SchemaNames {
  defined: Map<string, AvroSchemaNode>;
  written: Set<string>;
}

const NAMESPACE = 'vigie';
const fullName = ({ name = '' }: AvroSchemaNode): string => (name.includes('.') ? name : `${NAMESPACE}.${name}`);

const collect = (schema: unknown, defined: Map<string, AvroSchemaNode>): void => {
  if (Array.isArray(schema)) return schema.forEach((branch) => collect(branch, defined));
  if (typeof schema !== 'object' || schema === null) return;
  const shape = schema as AvroSchemaNode;
  if (shape.name) defined.set(fullName(shape), shape);
  shape.fields?.forEach(({ type }) => collect(type, defined));
  collect(shape.items, defined);
  collect(shape.values, defined);
};

const below = (paths: string[], name: string): string[] =>
  paths.filter((path) => path === name || path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));

const fieldsOf = (shape: AvroSchemaNode, paths: string[], names: SchemaNames): unknown[] => {
  const all = shape.fields ?? [];
  const missing = paths.filter((path) => path !== '' && !all.some(({ name }) => name === path.split('.')[0]));
  if (missing.length) throw new Fault(`${fullName(shape)} has no ${missing.join(', ')}`);
  const kept = paths.includes('') ? all : all.filter(({ name }) => below(paths, name).length > 0);
  return kept.map((field) => ({
    ...field,
    type: cut(field.type, paths.includes('') ? [''] : below(paths, field.name), names),
  }));
};

/** A definition is written where it is used first; what was left out may have held it before. */
const cut = (schema: unknown, paths: string[], names: SchemaNames): unknown => {
  if (Array.isArray(schema)) return schema.map((branch) => cut(branch, paths, names));
  const shape = typeof schema === 'string' ? names.defined.get(schema) : (schema as AvroSchemaNode);
  if (!shape) return schema;
  if (shape.name) {
    if (names.written.has(fullName(shape))) return fullName(shape);
    names.written.add(fullName(shape));
  }
  if (shape.fields) return { ...shape, fields: fieldsOf(shape, paths, names) };
  if (shape.items !== undefined) return { ...shape, items: cut(shape.items, paths, names) };
  if (shape.values !== undefined) return { ...shape, values: cut(shape.values, paths, names) };
  return shape;
};

/**
 * Leaves of a record schema only what the dotted paths name; a path that ends at a record keeps all of it.
 * A record used in several places has everywhere the fields of its first use. @throws Fault for a path that leads
 * nowhere.
 */
export const slimSchema = (schema: unknown, paths: string[]): unknown => {
  const defined = new Map<string, AvroSchemaNode>();
  collect(schema, defined);
  return cut(schema, paths, { defined, written: new Set() });
};
