import { aReceipt, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { techniqueCoverage } from './techniques.js';

it('techniques of versions to come are counted and shown as they are', () => {
  const settings = {
    ...someSettings,
    sources: [{ name: 'endpoint', kind: 'WINDOWS' as const, silentAfterMinutes: 60 * 24 * 7, receipts: false }],
  };
  const rule = (ruleId: string, tested: boolean, ...techniques: string[]) => ({
    ruleId,
    techniques,
    kind: 'WINDOWS' as const,
    tested,
  });
  const forAll = { importId: '', at: 1, rules: [rule('a', true, 'T1685.001', 'T1059'), rule('b', false, 'T99999')] };
  const own = { importId: 'own', at: 1, rules: [rule('c', true, 'T1700')] };
  const coverage = techniqueCoverage({ ...nothing, receipts: [aReceipt()], rules: [forAll, own] }, theWeek, settings);
  expect(coverage?.inScope).toEqual(['T1059', 'T1685.001', 'T1700', 'T99999']);
});
