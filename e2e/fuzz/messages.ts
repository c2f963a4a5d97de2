import fc from 'fast-check';
import { catalogue, type Contract } from '#contracts';
import type { Typed } from '#libs/model';

type FuzzedSchema =
  | string
  | FuzzedSchema[]
  | {
      type: FuzzedSchema;
      name?: string;
      fields?: { name: string; type: FuzzedSchema }[];
      items?: FuzzedSchema;
      values?: FuzzedSchema;
      symbols?: string[];
    };

const PRIMITIVES: Record<string, fc.Arbitrary<unknown>> = {
  null: fc.constant(null),
  boolean: fc.boolean(),
  int: fc.integer(),
  long: fc.maxSafeInteger().map((one) => Math.trunc(one / 2)),
  float: fc.float({ noNaN: true }),
  double: fc.double({ noNaN: true }),
  bytes: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  string: fc.string({ maxLength: 30, unit: 'binary' }),
};
const MOST_ITEMS = 3;

const ofSchema = (schema: FuzzedSchema, known: Map<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> => {
  if (typeof schema === 'string') return known.get(schema) ?? PRIMITIVES[schema] ?? fail(schema);
  if (Array.isArray(schema)) return fc.oneof(...schema.map((one) => ofSchema(one, known)));
  const { type, name, fields, items, values, symbols } = schema;
  if (type === 'array') return fc.array(ofSchema(items ?? 'null', known), { maxLength: MOST_ITEMS });
  if (type === 'map')
    return fc.dictionary(fc.string({ maxLength: 8 }), ofSchema(values ?? 'null', known), { maxKeys: MOST_ITEMS });
  if (type === 'enum') return remembered(name, fc.constantFrom(...(symbols ?? [])), known);
  if (type !== 'record') return ofSchema(type, known);
  const made = fc.record(Object.fromEntries((fields ?? []).map((field) => [field.name, ofSchema(field.type, known)])));
  return remembered(name, made, known);
};

const fail = (schema: string): never => {
  throw new Error(`what is ${schema}?`);
};
const remembered = (
  name: string | undefined,
  made: fc.Arbitrary<unknown>,
  known: Map<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<unknown> => {
  if (name) known.set(name, made).set(`vigie.${name}`, made);
  return made;
};

/** The latest version of every contract. */
export const latest: readonly Contract[] = [
  ...new Map(
    catalogue.map((one) => [
      one.type,
      catalogue.filter(({ type }) => type === one.type).reduce((a, b) => (b.version >= a.version ? b : a)),
    ]),
  ).values(),
];

/** Any message of a contract. */
export const messageOf = (contract: Contract): fc.Arbitrary<Typed> =>
  ofSchema(JSON.parse(contract.schema) as FuzzedSchema, new Map()).map((record) => ({
    ...(record as object),
    type: contract.type,
  }));

/** Any message of any contract, with its contract. */
export const anyMessage: fc.Arbitrary<{ contract: Contract; message: Typed }> = fc
  .constantFrom(...latest)
  .chain((contract) => messageOf(contract).map((message) => ({ contract, message })));
