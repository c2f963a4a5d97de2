import { buildSchema, type GraphQLSchema } from 'graphql';
import { enumProblems, moduleOf } from './render.mjs';

const schemaOf = (field: string, rest = ''): GraphQLSchema =>
  buildSchema(`scalar DateTime enum Role { LEAD HUNTER } enum Kind { HOST USER } type Query { ${field} } ${rest}`);
const rendered = (schema: GraphQLSchema): string =>
  moduleOf({
    schema,
    what: 'a test',
    names: new Set(['Query', 'Kind', 'Wanted', 'Thing']),
    known: new Map([['Role', '#contracts']]),
    prefix: 'Test',
  });

it.each([
  ['must be given', 'a: ID!', 'a: string'],
  ['may be left out', 'a: Int', 'a?: number | null'],
  ['has a default', 'a: Boolean! = true', 'a: boolean'],
  ['has a default, and may be taken away', 'a: Float = 1', 'a: number | null'],
  ['is a list', 'a: [DateTime!]!', 'a: number[]'],
  ['is a list with holes', 'a: [[String]!]', 'a?: (string | null)[][] | null'],
  ['is an enum of the contracts', 'a: Role!', 'a: Role'],
])('an argument that %s says so', (_what, argument, member) =>
  expect(rendered(schemaOf(`ask(${argument}): ID`))).toContain(`  ask: { ${member} };`),
);
it('enums that arguments need come from the contracts, or are written where there are none', () => {
  const text = rendered(schemaOf('ask(a: Wanted!): Role', 'input Wanted { role: Role! kind: Kind }'));
  expect(text).toContain("import type { Role } from '#contracts';");
  expect(text).toContain("export type Kind = 'HOST' | 'USER';");
  expect(text).toContain('export interface Wanted {\n  role: Role;\n  kind?: Kind | null;\n}');
});
it('enums nobody asks by are left out', () => expect(rendered(schemaOf('ask: Kind'))).not.toContain('HOST'));
it('root fields without arguments are named, other fields are not', () => {
  const text = rendered(schemaOf('thing: Thing', 'type Thing { plain: ID paged(first: Int!): ID }'));
  expect(text).toContain('export interface TestQueryArgs {\n  thing: object;\n}');
  expect(text).toContain('export interface TestThingArgs {\n  paged: { first: number };\n}');
});
it('an enum that differs from its contract is told', () => {
  expect(enumProblems(schemaOf('ask: Role'), new Map([['Role', ['LEAD', 'ANALYST']]]))).toEqual([
    'enum Role differs from the contracts in HUNTER, ANALYST',
  ]);
  expect(enumProblems(schemaOf('ask: Role'), new Map([['Role', ['HUNTER', 'LEAD']]]))).toEqual([]);
});
