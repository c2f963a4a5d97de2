import { disabledFinding, RULE_DISABLED } from './disabled-rule-finding.js';

const one = {
  ruleId: 'r1',
  title: 'Odd',
  version: 'v1',
  reason: 'tests took 2310 ms',
  pattern: '(a|b)*c',
  at: 7_200_001,
};

describe('a rule that was switched off', () => {
  it('is a finding that says which, why and what to do', () => {
    const finding = disabledFinding('acme', one);
    expect(finding).toMatchObject({
      rule: { id: RULE_DISABLED, level: 'MEDIUM' },
      groupKey: 'r1',
      severity: 'MEDIUM',
      windowStart: 7_200_000,
      explanation: [{ value: '(a|b)*c' }],
    });
    expect(finding.rule.description).toContain('tests took 2310 ms');
    expect(finding.rule.runbook).toContain('Recover:');
  });
  it('is told once an hour of each text, for each tenant', () => {
    const ids = [
      disabledFinding('acme', one),
      disabledFinding('acme', { ...one, at: one.at + 3_000_000 }),
      disabledFinding('acme', { ...one, at: 1e12 }),
      disabledFinding('globex', one),
      disabledFinding('acme', { ...one, version: 'v2' }),
    ].map(({ findingId }) => findingId);
    expect([ids[0] === ids[1], new Set(ids).size]).toEqual([true, 4]);
  });
});
