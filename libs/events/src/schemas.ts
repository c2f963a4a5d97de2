import { createHash } from 'node:crypto';
import avsc, { type Type } from 'avsc';
import { catalogue, type Contract } from '#contracts';
import { boundCollections } from './bounded-collections.js';
import { Unreadable } from './errors.js';
import { viewBytes } from './viewed-bytes.js';

/** A schema a message may be written with. */
export type WrittenSchema = Pick<Contract, 'type' | 'version' | 'topic' | 'id' | 'schema'>;

const MAX_SCHEMA_CHARS = 262_144;
const MAX_DEPTH = 32;

boundCollections();
viewBytes();

const byId = new Map<number, WrittenSchema>(catalogue.map((contract) => [contract.id, contract]));
const latestByType = new Map<string, Contract>();
for (const contract of catalogue) {
  if ((latestByType.get(contract.type)?.version ?? 0) < contract.version) latestByType.set(contract.type, contract);
}
const compiled = new Map<number, Type>();

/** @returns the latest version of a contract, or undefined for a type that has none. */
export const latestOf = (type: string): Contract | undefined => latestByType.get(type);

/** @returns a schema of the catalogue or one learned from `vigie.schemas`. */
export const schemaById = (id: number): WrittenSchema | undefined => byId.get(id);

/** Compiles a schema whose origin is trusted: our catalogue, or learned and checked. */
export const compile = (schema: unknown): Type =>
  avsc.Type.forSchema(schema as Parameters<typeof avsc.Type.forSchema>[0], { omitRecordMethods: true, registry: {} });

/** The compiled type of a schema, made once. */
export const typeOf = ({ id, schema }: WrittenSchema): Type => {
  const known = compiled.get(id);
  if (known) return known;
  const type = compile(JSON.parse(schema));
  compiled.set(id, type);
  return type;
};

const idOfSchema = (schema: string): number => createHash('sha256').update(schema).digest().readUInt32BE(0) >>> 1;

interface AvroShape {
  type?: unknown;
  name?: string;
  namespace?: string;
  fields?: { type: unknown }[];
  items?: unknown;
  values?: unknown;
  size?: number;
}

const PRIMITIVES = new Set(['boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']);

/**
 * Fewest bytes a value takes, up to 1. Throws for names not yet defined (recursion included) and for what is too deep.
 */
const width = (schema: unknown, named: Map<string, number>, depth = 0): number => {
  if (depth > MAX_DEPTH) throw new Error('nested too deeply');
  if (schema === 'null') return 0;
  if (typeof schema === 'string') return PRIMITIVES.has(schema) ? 1 : knownWidth(schema, named);
  if (Array.isArray(schema)) {
    for (const branch of schema) width(branch, named, depth + 1);
    return 1;
  }
  return shapeWidth(schema as AvroShape, named, depth);
};

const knownWidth = (name: string, named: Map<string, number>): number => {
  const found = named.get(name);
  if (found === undefined) throw new Error(`${name} is not defined before its use`);
  return found;
};

const shapeWidth = (shape: AvroShape, named: Map<string, number>, depth: number): number => {
  const items = shape.type === 'array' ? shape.items : shape.type === 'map' ? shape.values : undefined;
  if (items !== undefined) {
    if (shape.type === 'array' && width(items, named, depth + 1) === 0) throw new Error('items without width');
    width(items, named, depth + 1);
    return 1;
  }
  let own = shape.type === 'fixed' ? Math.min(shape.size ?? 0, 1) : 1;
  if (shape.type === 'record')
    own = Math.max(0, ...(shape.fields ?? []).map(({ type }) => width(type, named, depth + 1)));
  else if (shape.type !== 'enum' && shape.type !== 'fixed') return width(shape.type, named, depth + 1);
  const full = shape.name?.includes('.') ? shape.name : `${shape.namespace ?? 'vigie'}.${shape.name ?? ''}`;
  named.set(full, own).set(full.slice(full.lastIndexOf('.') + 1), own);
  return own;
};

/**
 * Learns a schema announced on `vigie.schemas`; only its reading is possible, never its writing.
 * @throws Unreadable when it is not what its id says, of no contract known here, or could exhaust memory.
 */
export const learn = ({ id, type, version, schema }: Omit<WrittenSchema, 'topic'>): void => {
  if (byId.has(id)) return;
  const refuse = (reason: string): never => {
    throw new Unreadable('UNKNOWN_SCHEMA', `schema ${id} of ${type}: ${reason}`);
  };
  if (schema.length > MAX_SCHEMA_CHARS) refuse('too large');
  if (idOfSchema(schema) !== id) refuse('the id is not that of the text');
  const latest = latestOf(type);
  if (!latest) return refuse('no contract of that type is known');
  const learned: WrittenSchema = { id, type, version, schema, topic: latest.topic };
  try {
    width(JSON.parse(schema), new Map());
    typeOf(latest).createResolver(typeOf(learned));
  } catch (error) {
    compiled.delete(id);
    refuse(error instanceof Error ? error.message : String(error));
  }
  byId.set(id, learned);
};
