import { hearing } from '#libs/testing';
import { keepAction } from './actions.js';

it('a case does not say that an action is being undone, nor that it is in force, once undoing failed', () =>
  expect(
    hearing(keepAction).of({ type: 'action.revert-failed', actionId: 'x', caseId: 'c', detail: 'away', at: 1 }).asked[0]
      ?.request,
  ).toMatchObject({ state: 'OUTCOME_UNKNOWN', summary: 'could not be undone yet: away' }));
