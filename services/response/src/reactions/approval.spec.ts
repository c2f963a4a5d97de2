import type {
  ActionApprovalRequested,
  ActionApproved,
  ActionContactTried,
  CaseMessagePosted,
  DeliveryAttempted,
} from '#contracts';
import { hearing } from '#libs/testing';
import { response } from '../response.module.js';
import { approved, asked, at, system, tenant, tried, zoe } from '../../test/samples/action.js';
import { executeApproved, noteContact, noteWord, watchApproval, watchContacts } from './approval.js';

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
      { request: { ...execute, dueAt: at + 15 * 60_000 }, dueAt: at + 15 * 60_000 },
    ]);
  });
});

describe('what oncall says of those who are asked', () => {
  const attempted: DeliveryAttempted = {
    type: 'delivery.attempted',
    deliveryId: 'd',
    caseId: 'c1',
    actionId: 'a1',
    asking: 2,
    purpose: 'APPROVAL',
    turn: 1,
    contact: 'zoe',
    channel: 'phone',
    language: 'EN',
    outcome: 'ACCEPTED',
    said: '',
    by: null,
    nextContact: -1,
    nextAt: null,
    round: 0,
    at,
  };
  const note = {
    type: 'action.record-contact',
    actionId: 'a1',
    asking: 2,
    contact: 'zoe',
    channel: 'phone',
    outcome: 'ACCEPTED',
    reached: false,
    triedAt: at,
  } as const;
  it('is noted with the action', () => hearing(noteContact).of(attempted).asks(note));
  it('is that somebody is there, when a person spoke to the contact', () =>
    hearing(noteContact)
      .of({ ...attempted, by: { subject: 'ada', side: 'PROVIDER' } })
      .asks({ ...note, reached: true }));
  it('is that somebody is there, when the customer took note', () =>
    hearing(noteContact)
      .of({
        type: 'delivery.acknowledged',
        deliveryId: 'd',
        caseId: 'c1',
        actionId: 'a1',
        asking: 2,
        purpose: 'APPROVAL',
        by: zoe,
        at,
      })
      .asks({ ...note, contact: 'zoe', channel: 'portal', reached: true }));
  it('is nothing to an action where a case was told', () =>
    hearing(noteContact)
      .of({ ...attempted, purpose: 'CASE', actionId: '' })
      .asks());
});

it('an action is tried again when the time of who was told last is over', () => {
  const settings = tenant('COLLABORATE', { escalateIfUnreachableAfterMinutes: 15 });
  expect(hearing(watchContacts, settings).of(tried() as ActionContactTried).asked).toEqual([
    { request: { ...execute, dueAt: at + 15 * 60_000 }, dueAt: at + 15 * 60_000 },
  ]);
  hearing(watchContacts, tenant('COLLABORATE'))
    .of(tried() as ActionContactTried)
    .asks();
});

describe('the customer writes in the case, or answers another action of it', () => {
  const by = { subject: 'zoe', side: 'CUSTOMER' } as const;
  const posted: CaseMessagePosted = {
    type: 'case.message-posted',
    caseId: 'c1',
    messageId: 'm1',
    kind: 'MESSAGE',
    text: 'do not touch it',
    by,
    at: 7,
    blocking: false,
    pendingActionIds: ['a1'],
  };
  it('is there, for all that had not begun', () =>
    hearing(noteWord).of(posted).asks({
      type: 'action.record-contact',
      actionId: 'a1',
      contact: 'zoe',
      channel: 'portal',
      outcome: 'ACCEPTED',
      reached: true,
      triedAt: 7,
    }));
  it('is not said of who writes for the provider', () =>
    hearing(noteWord)
      .of({ ...posted, by: { subject: 'ada', side: 'PROVIDER' } })
      .asks());
});
