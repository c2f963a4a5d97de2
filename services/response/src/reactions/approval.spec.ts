import type { ActionApprovalRequested, ActionApproved } from '#contracts';
import { hearing } from '#libs/testing';
import { response } from '../response.module.js';
import { approved, asked, at, system, tenant } from '../../test/samples/action.js';
import { executeApproved, watchApproval } from './approval.js';

const execute = { type: 'action.execute' as const, actionId: 'a1' };
const expire = { type: 'action.expire' as const, actionId: 'a1' };

describe('an agreement', () => {
  it('of the customer is followed', () =>
    hearing(executeApproved)
      .of(approved as ActionApproved)
      .asks(execute));
  it('by silence is followed by the commit that says it', () =>
    hearing(executeApproved)
      .of({ ...(approved as ActionApproved), by: system })
      .asks());
});

it('nothing but an agreement, or the wait for one, is followed by an execution', () => {
  const followed = response.reacts?.filter(({ hears }) => hears.includes('action.decided')) ?? [];
  expect(followed.map(({ name }) => name)).toEqual([]);
});

describe('a question to the customer', () => {
  const question = asked as ActionApprovalRequested;
  it('expires', () => hearing(watchApproval, tenant('COLLABORATE')).of(question).asks(expire));
  it('is not waited for longer than the customer lets a class proceed', () => {
    const settings = tenant('COLLABORATE', { escalateIfUnreachableAfterMinutes: 15 });
    expect(hearing(watchApproval, settings).of(question).asked).toEqual([
      { request: expire, dueAt: question.expiresAt },
      { request: execute, dueAt: at + 15 * 60_000 },
    ]);
  });
});
