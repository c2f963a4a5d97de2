/**
 * Writes services/gateway/src/generated/ from services/gateway/schema/: what resolvers are handed. Enums that contracts
 * have are the contracts' own, and must have the same symbols.
 *   node tools/graphql/generate.mjs            write
 *   node tools/graphql/generate.mjs --check    exit 1 when a file would change or an enum differs from its contract's
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isEnumType, isInputObjectType } from 'graphql';
import { enumsIn, readSide } from './read.mjs';
import { enumProblems, moduleOf } from './render.mjs';

const SCHEMA = 'services/gateway/schema';
const OUT = 'services/gateway/src/generated';
const check = process.argv.includes('--check');
const contracts = enumsIn('contracts/generated/types.ts');
const problems = [];

const put = (path, text) => {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  if (check) problems.push(`${path} is stale: run npm run graphql`);
  else writeFileSync(path, text);
};

const sides = ['analyst', 'customer'].map((side) => ({ side, ...readSide(SCHEMA, side) }));
const [{ schema, own }] = sides;
const shared = new Set(Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__') && !own.has(name)));
const ofContracts = [...contracts.keys()].map((name) => [name, '#contracts']);
const isInput = (name) => isEnumType(schema.getType(name)) || isInputObjectType(schema.getType(name));
const ofShared = [...shared]
  .filter((name) => isInput(name) && !contracts.has(name))
  .map((name) => [name, './shared.js']);

mkdirSync(OUT, { recursive: true });
put(
  `${OUT}/shared.ts`,
  moduleOf({ schema, what: `${SCHEMA}/shared`, names: shared, known: new Map(ofContracts), prefix: undefined }),
);
for (const one of sides) {
  const prefix = one.side[0].toUpperCase() + one.side.slice(1);
  const known = new Map([...ofContracts, ...ofShared]);
  put(`${OUT}/${one.side}.ts`, moduleOf({ ...one, what: `${SCHEMA}/${one.side}`, names: one.own, known, prefix }));
  problems.push(...enumProblems(one.schema, contracts));
}
for (const problem of new Set(problems)) console.error(problem);
console.log(`graphql: ${sides.length} schemas, ${new Set(problems).size} problems`);
process.exitCode = problems.length ? 1 : 0;
