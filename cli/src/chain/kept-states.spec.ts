import * as fc from 'fast-check';
import { catalogue, type Contract } from '#contracts';
import { decode, encode } from '#libs/events';
import type { Typed } from '#libs/model';
import { isSameForm, packState, unpackState } from '#libs/store';
import { DAY_MS } from '#libs/terms';
import { definitions } from '../pages/definitions.js';

interface AvroSchema {
  type: unknown;
  name: string;
  fields: { name: string; type: unknown }[];
  symbols: string[];
  items: unknown;
  values: unknown;
}

const THEN = Date.UTC(2026, 10, 2);
const scalars: Record<string, fc.Arbitrary<unknown>> = {
  null: fc.constant(null),
  boolean: fc.boolean(),
  int: fc.integer({ min: 0, max: 3 }),
  long: fc.integer({ min: THEN, max: THEN + 3 * DAY_MS }),
  float: fc.constantFrom(0, 0.5, 80),
  double: fc.constantFrom(0, 0.5, 80),
  // Few: so that facts speak of the same things.
  string: fc.constantFrom('', 'a', 'b', 'c', 'ws6.corp.example', 'žluťoučký', '7'),
  bytes: fc.constantFrom(Buffer.alloc(0), Buffer.from([0, 255])),
};

/** Whatever fits an Avro schema. */
const fitting = (schema: unknown, named = new Map<string, fc.Arbitrary<unknown>>()): fc.Arbitrary<unknown> => {
  if (Array.isArray(schema)) return fc.oneof(...schema.map((one) => fitting(one, named)));
  if (typeof schema === 'string') {
    const known = scalars[schema] ?? named.get(schema.split('.').at(-1) ?? '');
    if (!known) throw new Error(`no schema ${schema}`);
    return known;
  }
  const { type, name, fields, symbols, items, values } = schema as AvroSchema;
  if (type === 'array') return fc.array(fitting(items, named), { maxLength: 3 });
  if (type === 'map') return fc.dictionary(fc.constantFrom('a', 'b'), fitting(values, named), { maxKeys: 2 });
  if (type !== 'record' && type !== 'enum') return fitting(type, named);
  const one =
    type === 'enum'
      ? fc.constantFrom(...symbols)
      : fc.record(Object.fromEntries(fields.map((field) => [field.name, fitting(field.type, named)])), {
          noNullPrototype: true,
        });
  named.set(name, one);
  return one;
};

const latest = (subject: string): Contract[] =>
  catalogue.filter(
    (one) =>
      one.kind === 'events' &&
      one.subject === subject &&
      !catalogue.some(({ type, version }) => type === one.type && version > one.version),
  );

/** Facts of a subject as they are read back. */
const factsOf = (subject: string): fc.Arbitrary<Typed[]> =>
  fc.array(
    fc.oneof(
      ...latest(subject).map(({ type, schema }) =>
        fitting(JSON.parse(schema)).map((fields) => decode(encode({ type, ...(fields as object) }))),
      ),
    ),
    { maxLength: 30 },
  );

const deciders = definitions.flatMap(({ name, decides = [] }) =>
  decides.map((decider) => [name, decider.subject, decider] as const),
);

it.each(deciders)(
  '%s %s: what was kept and what followed come to what all facts do',
  async (_name, subject, decider) => {
    await fc.assert(
      fc.asyncProperty(factsOf(subject), fc.nat(30), async (facts, kept) => {
        const fold = (state: unknown, some: Typed[]): unknown => some.reduce(decider.evolve, state);
        const before = fold(decider.initial(), facts.slice(0, kept));
        const read = await unpackState((await packState(before)) ?? Buffer.alloc(0));
        expect(isSameForm(read, before)).toBe(true);
        expect(isSameForm(fold(read, facts.slice(kept)), fold(decider.initial(), facts))).toBe(true);
      }),
      { numRuns: 60 },
    );
  },
);
