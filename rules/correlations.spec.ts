import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, correlationPlan, correlationTests } from '#libs/sigma';

/**
 * Every correlation of ours loads with the rules it rests on, carries what an analyst needs, and passes the tests
 * written inside it.
 */

const root = join(process.cwd(), 'rules', 'correlations');
const files = readdirSync(root)
  .filter((file) => file.endsWith('.yml'))
  .sort();
const set = compile(files.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })));
const plan = correlationPlan(set.correlations);
const raising = set.correlations.filter(({ id }) => plan.raises(id));

describe('our own correlations', () => {
  it('all load, one that raises to a file', () => {
    expect(set.failures).toEqual([]);
    expect(raising.map(({ file }) => file)).toEqual(files);
  });
  it('rest on rules that raise nothing themselves', () =>
    expect(set.rules.filter(({ id }) => plan.raises(id))).toEqual([]));
});

describe.each(raising.map((one) => [one.file, one] as const))(
  '%s',
  (_, { id, techniques, tactics, falsepositives, groupBy, runbook, tests = [] }) => {
    it('has an id of its own, technique, tactic, false positives and group', () => {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      for (const list of [techniques, tactics, falsepositives, groupBy]) expect(list.length).toBeGreaterThan(0);
    });
    it('says what to do: triage, scope, contain, recover', () => {
      for (const step of ['Triage:', 'Scope:', 'Contain:', 'Recover:']) expect(runbook).toContain(step);
    });
    it('is tested both ways', () =>
      expect(new Set(tests.map(({ fires }) => fires > 0))).toEqual(new Set([true, false])));
  },
);

it.each(correlationTests(set).map((result) => [`${result.file}: ${result.test}`, result] as const))(
  '%s',
  (_, { fired, expected }) => expect(fired).toBe(expected),
);
