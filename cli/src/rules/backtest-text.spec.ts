import { backtestText, type ShownBacktest } from './backtest-text.js';

const shown: ShownBacktest = {
  from: '',
  to: '',
  scanned: 1_200,
  daysScanned: 6.96,
  elapsedMs: 2_500,
  failure: null,
  cut: null,
  failures: [],
  rules: [
    {
      ruleId: 'r1',
      title: 'Odd tool',
      level: 'HIGH',
      matches: 9,
      findings: 7,
      findingsPerDay: 1.0057,
      costMs: 3.4,
      groups: [{ key: 'host:ws1', matches: 9, findings: 7 }],
      samples: [{ eventId: 'e', occurredAt: '2026-11-02T10:00:00.000Z', entity: 'host:ws1', native: '{"a":\n1}' }],
    },
  ],
};

it('a backtest says how often each rule would have fired, and for what', () => {
  const text = backtestText(shown);
  expect(text).toContain('1200 events of 7.0 days in 2.5 s');
  expect(text).toMatch(/Odd tool +high +1.01 +7 +9 +3\.4/);
  expect(text).toContain('findings 7, matches 9: host:ws1');
  expect(text).toContain('host:ws1 {"a": 1}');
});
it('a backtest says what it left out', () => {
  const text = backtestText({
    ...shown,
    rules: [],
    cut: 'it was cancelled',
    failures: [{ file: 'a.yml', line: 3, reason: 'unknown modifier' }],
  });
  expect(text).toContain('not whole: it was cancelled');
  expect(text).toContain('not tried: a.yml:3: unknown modifier');
});
