import fc from 'fast-check';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { OPERATOR } from '#libs/terms';
import { schemaTexts } from '../../services/gateway/src/http/schema-texts.js';
import { rootField, selectionOf } from '../../services/gateway/test/selection.js';
import { analystSurface, customerSurface } from '../../services/gateway/test/surface.js';

export type EndpointName = 'analyst' | 'customer';
const SURFACES = { analyst: analystSurface, customer: customerSurface };
const OUTCOME = '{ ok code message requestId streamId id }';

/** The schema of an endpoint, as portals read it. */
export const schemaOf = (name: EndpointName): GraphQLSchema => buildSchema(schemaTexts(name).join('\n'));

/** A good document for every way to ask every query and mutation, of a tenant's things. */
export const goodDocuments = (name: EndpointName, tenant: string): string[] => {
  const schema = schemaOf(name);
  return Object.entries(SURFACES[name])
    .filter(([path]) => !path.startsWith('Subscription'))
    .flatMap(([path, attempts]) =>
      attempts(tenant).map(({ args, as }) => {
        const [root = '', field = ''] = path.split('.');
        return `${root.toLowerCase()} { ${field}${args ? `(${args})` : ''} ${root === 'Mutation' ? OUTCOME : selectionOf(schema, rootField(schema, path), as)} }`;
      }),
    );
};

const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ':',
  '!',
  '$',
  '$x',
  '@skip(if: true)',
  '@include(if: $x)',
  '@deprecated',
  '...',
  '... on Case { id }',
  '...F',
  'fragment F on Case { ...F }',
  'on',
  'query',
  'mutation',
  'subscription { caseChanged { id } }',
  '__typename',
  '__schema { types { name } }',
  '__type(name: "Case") { fields { name } }',
  'null',
  'true',
  '-1',
  '0',
  '201',
  '99999999999999999999',
  '1e999',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"""',
  '#',
  ',',
  '\u0000',
  '\ufeff',
  'first: -5',
  'first: 201',
  'after: "W251bGwsMV0"',
  'after: "e30"',
  'tenants: []',
  'tenants: ["*"]',
  `tenants: ["${OPERATOR}"]`,
  'tenants: ["../x"]',
  'id: ""',
];

const tokensOf = (text: string): string[] => text.match(/"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|-?\d+|\.\.\.|\S/g) ?? [];

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('put', 'instead', 'cut', 'double', 'move'),
  piece: fc.constantFrom(...PIECES),
  length: fc.integer({ min: 1, max: 8 }),
});

const changed = (
  tokens: string[],
  { at, kind, piece, length }: { at: number; kind: string; piece: string; length: number },
): string[] => {
  const place = Math.floor(at * (tokens.length + 1));
  const [before, some, after] = [
    tokens.slice(0, place),
    tokens.slice(place, place + length),
    tokens.slice(place + length),
  ];
  if (kind === 'put') return [...before, piece, ...some, ...after];
  if (kind === 'instead') return [...before, piece, ...some.slice(1), ...after];
  if (kind === 'cut') return [...before, ...after];
  return kind === 'double' ? [...before, ...some, ...some, ...after] : [...some, ...before, ...after];
};

/** Good documents, spoilt. */
export const spoilt = (good: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...good), fc.array(change, { minLength: 1, maxLength: 5 }))
    .map(([text, changes]) => changes.reduce(changed, tokensOf(text)).join(' '));

/** Far beyond a limit each: they must be refused, and quickly. */
export const excessive: fc.Arbitrary<string> = fc
  .integer({ min: 1_300, max: 3_000 })
  .chain((much) =>
    fc.constantFrom(
      `{ ${Array.from({ length: much }, (_, index) => `a${index}: cases { edges { node { id title } } }`).join(' ')} }`,
      `{ ${'... { '.repeat(much)} me { subject } ${'} '.repeat(much)} }`,
      `{ me { ${'subject '.repeat(much * 4)} } }`,
      `query(${Array.from({ length: much }, (_, index) => `$v${index}: ID = "x"`).join(' ')}) { me { subject } }`,
      `{ ${Array.from({ length: 200 }, (_, index) => `a${index}: cases { edges { node { actions { history { by { subject } } } findings { title entities { value } } } } }`).join(' ')} }`,
      `{ cases(tenants: ${'['.repeat(much * 2)}${']'.repeat(much * 2)}) { totalCount } }`,
    ),
  );
