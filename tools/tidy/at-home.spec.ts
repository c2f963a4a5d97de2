import { awayFromHome } from './at-home.mjs';

/** Assembled, so that this file holds nothing of what it tests. */
const q = (text: string): string => `'${text}'`;
const list = (...words: string[]): string => `[${words.map(q).join(', ')}]`;
const OPERATOR = q(`_${'operator'}`);
const SERVICES = 'cases collection detection enrichment gateway hunting oncall reporting response tenants'.split(' ');

describe('what has its home in libs/terms', () => {
  it.each([
    ['the operator', `key: () => ${OPERATOR}`, 'OPERATOR'],
    ['the order of severities', list('LOW', 'MEDIUM', 'HIGH', 'CRITICAL'), 'SEVERITIES'],
    ['the severe ones', list(...'HIGH CRITICAL FATAL'.split(' ')), 'isAtLeast'],
    ['the order of criticalities', list('UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'), 'CRITICALITIES'],
    ['an hour', `at + ${3_600}_000`, 'HOUR_MS'],
    ['a day', `7 * ${86_400}_000`, 'DAY_MS'],
    ['a day, written out', `24 * 60 * ${60} * 1_000`, 'DAY_MS'],
    ['a minute with a name', `const ${'MINUTE'}_MS = 60_000;`, 'MINUTE_MS'],
    ['a tenant', `/^[a-z0-9-]${'{2,32}'}$/.test(x)`, 'isTenant'],
    ['a tenant, strictly', `/^[a-z0-9][a-z0-9-]${'{0,30}'}[a-z0-9]$/`, 'isTenant'],
    ['a source', `/ingest\\/([a-z0-9-]${'{1,40}'})$/`, 'isSource'],
    ['all services', list(...SERVICES), 'SERVICES'],
  ])('is found elsewhere: %s', (_, text, remedy) =>
    expect(awayFromHome('services/cases/src/x.ts', text).map((one) => one.remedy)).toEqual([
      expect.stringContaining(remedy),
    ]),
  );

  it.each(['libs/terms/src/scopes.ts', 'contracts/generated/types.ts', 'docs/x.md'])('may stand in %s', (path) =>
    expect(awayFromHome(path, OPERATOR)).toEqual([]),
  );
  it.each([
    'stream erasure/_operator/acme',
    list('HIGH', 'LOW'),
    list('cases', 'gateway'),
    'const KEEP_MS = 60_000;',
    '/^[a-z0-9-]{8}$/',
  ])('is not seen in %s', (text) => expect(awayFromHome('services/cases/src/x.ts', text)).toEqual([]));
});
