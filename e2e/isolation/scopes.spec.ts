import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '#contracts';
import { topicSpecs } from '#libs/events';
import { topicScopes } from './scopes.js';
import { contractScopes } from './contract-scopes.js';
import { collectionScopes, metricScopes, routeScopes } from './scopes.js';
import { scopeOfTopic } from './topics.js';
import { definitions } from '../../cli/src/index.js';

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return ['node_modules', 'test', 'testing'].includes(name) ? [] : sourcesIn(path);
    return name.endsWith('.ts') && !name.endsWith('.spec.ts') ? [path] : [];
  });
const sources = [...sourcesIn('libs'), ...sourcesIn('services')].map((path) => ({
  path,
  text: readFileSync(path, 'utf8'),
}));
const found = (pattern: RegExp, within = /./): string[] =>
  [
    ...new Set(
      sources
        .filter(({ path }) => within.test(path))
        .flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name)),
    ),
  ].sort();

/** What is there and has no line, and lines for what is not there any more. */
const lacking = (there: readonly string[], declared: readonly string[]) => ({
  'needs a line that says whose it may be': there.filter((name) => !declared.includes(name)),
  'is not there any more': declared.filter((name) => !there.includes(name)),
});
const none = { 'needs a line that says whose it may be': [], 'is not there any more': [] };

it('every contract has a scope in contract-scopes.ts', () =>
  expect(lacking([...new Set(catalogue.map(({ type }) => type))], Object.keys(contractScopes))).toEqual(none));
it('every view has a scope in scopes.ts', () => {
  const there = definitions.flatMap(({ name, shows = [] }) => shows.map((view) => `${name} view.${view.name}`));
  expect(
    lacking(
      there,
      Object.keys(collectionScopes).filter((name) => name.includes(' ')),
    ),
  ).toEqual(none);
});
it('every other collection of the store has a scope in scopes.ts', () => {
  const there = found(/db\.collection\('([a-z-]+)'\)/g, /^libs\/store/);
  expect(
    lacking(
      there,
      Object.keys(collectionScopes).filter((name) => !name.includes(' ')),
    ),
  ).toEqual(none);
});
it('every figure has its labels in scopes.ts', () =>
  expect(
    lacking(
      found(/'(vigie_[a-z_]+)'/g, /^(libs\/service|services)\//).filter((name) => name !== 'vigie_'),
      Object.keys(metricScopes).filter((name) => !name.endsWith('*')),
    ),
  ).toEqual(none));
it('every topic has a scope', () => {
  const specs = topicSpecs().map(({ topic }) => topic);
  expect(specs.filter((topic) => scopeOfTopic(topic) === undefined)).toEqual([]);
  expect(
    Object.keys(topicScopes)
      .filter((one) => !specs.some((topic) => topic.startsWith(one.split('*')[0] ?? '')))
      .sort(),
  ).toEqual(['ingest.', 'receipts.', 'vigie.replay.']);
});
it('every HTTP route has a scope in scopes.ts', () => {
  const nest = (within: RegExp, service: string) =>
    found(/@(?:Get|Post|Put|Patch|Delete|All)\((?:'([^']*)')?\)/g, within).map((path) => `${service} /${path}`);
  const endpoints = found(/path: '(\/[a-z]+\/graphql)'/g, /^services\/gateway/).map((path) => `gateway ${path}`);
  const listeners = found(/'(\/[a-z0-9][a-z0-9/]*)'/g, /^services\/collection\/src\/listeners\/http/).map(
    (path) => `collection ${path}`,
  );
  const there = [
    ...nest(/^libs\/service\//, 'every'),
    ...nest(/^services\/gateway\//, 'gateway'),
    ...endpoints,
    ...listeners.filter((path) => path !== 'collection /'),
    'collection /v1/ingest/:source',
    'collection /v1/receipts/:source',
  ];
  expect(lacking(there, Object.keys(routeScopes))).toEqual(none);
});
