import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { builtInPipeline, compile, kindOf, ruleTests, type SourceKind } from '#libs/sigma';

/** Every rule of ours loads, carries what an analyst needs, and passes the tests written inside it. */

const root = join(process.cwd(), 'rules');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yml') && !file.startsWith('correlations'))
  .sort();
const set = compile(files.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })));
const kinds = new Set(Object.keys(builtInPipeline));

describe('our own rules', () => {
  it('all load, one to a file', () => {
    expect(set.failures).toEqual([]);
    expect(set.rules.map(({ file }) => file)).toEqual(files);
    expect(set.rules.length).toBeGreaterThanOrEqual(120);
  });
  it('need no placeholder', () => expect(set.rules.filter(({ needs }) => needs.length > 0)).toEqual([]));
  it('cover every source', () => expect(new Set(files.map((file) => dirname(file)))).toEqual(kinds));
});

describe.each(set.rules.map((rule) => [rule.file, rule] as const))('%s', (file, rule) => {
  it('lies in the folder of its source and has an id of its own', () => {
    expect(kindOf(rule.logsource)).toBe(dirname(file));
    expect(rule.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(basename(file)).toMatch(/^[a-z0-9-]+\.yml$/);
  });
  it('names technique, tactic, false positives, group key and window', () => {
    expect(rule.techniques.length).toBeGreaterThan(0);
    expect(rule.tactics.length).toBeGreaterThan(0);
    expect(rule.falsepositives.length).toBeGreaterThan(0);
    expect(rule.groupBy?.length).toBeGreaterThan(0);
    expect(rule.windowMinutes).toBeGreaterThan(0);
  });
  it('says what to do: triage, scope, contain, recover', () => {
    for (const step of ['Triage:', 'Scope:', 'Contain:', 'Recover:']) expect(rule.runbook).toContain(step);
  });
  it('is tested both ways, and its group key is in the events it matches', () => {
    const tests = rule.tests ?? [];
    expect(new Set(tests.map(({ matches }) => matches))).toEqual(new Set([true, false]));
    const kind = dirname(file) as SourceKind;
    const [first] = tests.filter(({ matches }) => matches);
    const read = set.read(
      { logsource: kind, native: new TextEncoder().encode(JSON.stringify(first?.event)) },
      rule.groupBy ?? [],
    );
    expect(Object.keys(read)).toEqual(rule.groupBy);
  });
});

it.each(ruleTests(set).map((result) => [`${result.file}: ${result.test}`, result] as const))(
  '%s',
  (_, { matched, expected }) => expect(matched).toBe(expected),
);
