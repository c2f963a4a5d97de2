import { isAsMade, verificationLines } from './report-verification.js';

const state = { path: 'actions.0.state', reported: 'VERIFIED', recomputed: 'VERIFY_FAILED' };
const none = { differences: [], problems: [] };

it('says of a report that nothing speaks against it', () =>
  expect(verificationLines(none)).toEqual(['every figure is what the facts say, and no stored byte has changed']));
it('names what is false', () => {
  const wrong = { differences: [state], problems: ['version 2: changed'] };
  expect([isAsMade(wrong), verificationLines(wrong)]).toEqual([
    false,
    ['version 2: changed', 'actions.0.state: reported "VERIFIED", the facts say "VERIFY_FAILED"'],
  ]);
});
it('does not call a report of an older form false', () => {
  const older = { ...none, olderForm: { schema: 1, today: 2, differences: [state] } };
  expect([isAsMade(older), verificationLines(older)]).toEqual([
    true,
    [
      'no stored byte has changed',
      expect.stringMatching(/older form \(schema 1\); .* does not make it false$/),
      'actions.0.state: reported "VERIFIED", today\'s form says "VERIFY_FAILED"',
    ],
  ]);
});
