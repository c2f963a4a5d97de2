import type { CaseFact, CaseRequest } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { ada, after, carol, caseId, clock, closed, given, opened, service } from '../../../test/case-requests.js';
import { THEN } from '../../../test/samples.js';
import { evolve, initial } from './state.js';

/** Facts of before, when people said that a case waits for the customer. */
const heldOfOld: CaseFact = {
  type: 'case.status-changed',
  caseId,
  from: 'NEW',
  to: 'ON_HOLD',
  onHoldReason: 'AWAITING_CUSTOMER',
  clocks: opened.clocks,
  by: ada,
  at: THEN,
  byItself: false,
};

describe('the customer', () => {
  const ask: CaseRequest = {
    type: 'case.post-message',
    caseId,
    kind: 'QUESTION',
    text: 'Did you expect this?',
    blocking: false,
  };
  const asked = after(ask);
  const question = asked[1]?.type === 'case.message-posted' ? asked[1].messageId : '';
  const answer: CaseRequest = {
    type: 'case.post-message',
    caseId,
    kind: 'ANSWER',
    text: 'No',
    inReplyTo: question,
    blocking: false,
  };
  it('is told, which stops that clock', () => {
    const told = after({ type: 'case.notify-customer', caseId, contact: 'carol', channel: 'mail' }, [opened], service);
    expect(told[1]).toMatchObject({ type: 'case.customer-notified', contact: 'carol' });
    expect(clock(told, 'NOTIFY')?.stoppedAt).toBe(THEN);
    given(...told)
      .when({ type: 'case.notify-customer', caseId, contact: 'carol', channel: 'mail' }, { actor: service })
      .then();
    given(...told)
      .when({ type: 'case.notify-customer', caseId, contact: 'carol', channel: 'mail' })
      .thenLike({ type: 'case.customer-notified', by: ada });
  });
  it('was told when it was delivered, however late the case hears of it; a person says so now', () => {
    const tell: CaseRequest = {
      type: 'case.notify-customer',
      caseId,
      contact: 'carol',
      channel: 'mail',
      occurredAt: THEN + 5 * MINUTE_MS,
    };
    const late = THEN + 180 * MINUTE_MS;
    const heard = after(tell, [opened], service, late);
    expect(heard[1]).toMatchObject({ type: 'case.customer-notified', at: late, occurredAt: THEN + 5 * MINUTE_MS });
    expect(clock(heard, 'NOTIFY')?.stoppedAt).toBe(THEN + 5 * MINUTE_MS);
    expect(clock(after(tell, [opened], ada, late), 'NOTIFY')?.stoppedAt).toBe(late);
    expect(clock(after(tell, [opened], service), 'NOTIFY')?.stoppedAt).toBe(THEN);
  });
  it('was not told by what an earlier release wrote at the opening: the delivery says so', () => {
    const tell = { type: 'case.notify-customer', caseId, contact: 'carol', channel: 'mail', occurredAt: THEN } as const;
    given(opened, {
      ...{ type: 'case.customer-notified', caseId, contact: 'carol', channel: 'mail', by: service, at: THEN },
      occurredAt: null,
    })
      .when(tell, { actor: service })
      .thenLike({ type: 'case.customer-notified', occurredAt: THEN }, { type: 'case.clocks-changed' });
  });
  it('is not told by what reached nobody: the clock runs on, and the case says why', () => {
    const untold = { type: 'case.record-untold', caseId, deliveryId: 'd', reason: 'no mail server' } as const;
    const facts = after(untold, [opened], service);
    expect(facts[1]).toMatchObject({ type: 'case.customer-not-told', reason: 'no mail server' });
    expect(clock(facts, 'NOTIFY')?.stoppedAt).toBeFalsy();
    given(...facts)
      .when(untold, { actor: service })
      .then();
    given(opened).when(untold).refuses('only the service itself');
  });
  it('answers a question', () =>
    given(...asked)
      .when(answer, { actor: carol })
      .thenLike({ type: 'case.message-posted', kind: 'ANSWER', inReplyTo: question, by: carol }));
  it('answers a question that was asked', () =>
    given(opened).when(answer, { actor: carol }).refuses('no such question'));
  it('ends by writing what people once put on hold for it', () =>
    given(...asked, heldOfOld)
      .when(answer, { actor: carol })
      .thenLike({ type: 'case.message-posted' }, { type: 'case.status-changed', from: 'ON_HOLD', to: 'IN_PROGRESS' }));
  it('rates the end, once, in one to five stars', () => {
    const rate = { type: 'case.rate', caseId, stars: 5, comment: 'Thank you' } as const;
    given(opened).when(rate, { actor: carol }).refuses('once it is resolved');
    given(...closed)
      .when(rate)
      .refuses('only the customer');
    given(...closed)
      .when({ ...rate, stars: 6 }, { actor: carol })
      .refuses('one to five stars');
    given(...after(rate, closed, carol))
      .when(rate, { actor: carol })
      .refuses('rated already');
  });
  it('follows advice that was given in the case, as it once was, once', () => {
    const recommendationId = 'r1';
    const advised: CaseFact[] = [
      ...closed,
      { type: 'case.recommendation-added', caseId, recommendationId, text: 'Block macros', by: ada, at: THEN },
    ];
    const done: CaseRequest = { type: 'case.complete-recommendation', caseId, recommendationId };
    given(...after(done, advised, carol))
      .when(done, { actor: carol })
      .then();
    given(...advised)
      .when({ ...done, recommendationId: 'x' }, { actor: carol })
      .refuses('no such recommendation');
    given(...closed)
      .when({ type: 'case.add-recommendation', caseId, text: 'Block macros' })
      .refuses('a recommendation of its own');
  });
  it('is advised, and each state of advice is kept once, with who said so: who advises works on the case', () => {
    const record: CaseRequest = {
      type: 'case.record-advice',
      caseId,
      recommendationId: 'r1',
      state: 'OPEN',
      text: 'Block macros',
      by: ada,
      occurredAt: THEN,
    };
    const kept = after(record, [opened], service);
    expect(kept.at(-1)).toMatchObject({ type: 'case.advice-recorded', state: 'OPEN', by: ada, occurredAt: THEN });
    expect(kept.reduce(evolve, initial()).workers).toEqual(['ada']);
    given(...kept)
      .when(record, { actor: service })
      .then();
    given(opened).when(record).refuses('only the service itself');
  });
});
