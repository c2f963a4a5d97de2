import type { DeliveryFact } from '#contracts';
import { ADA, begin, CAROL, play, step } from '../../../test/play-delivery.js';
import { contactOf, THEN } from '../../../test/samples.js';

const carol = contactOf('carol', { channel: 'phone', address: '+44 20 7946 0000' });
const dan = contactOf('dan');
const answer = (turn: number, answered = true) =>
  ({ type: 'delivery.answer-call', deliveryId: 'd', turn, answered, note: 'spoke to Carol' }) as const;
const dueCall = () => {
  const delivery = begin([carol, dan]);
  delivery.ask({ type: 'delivery.try', deliveryId: 'd', turn: 1 }, THEN);
  return delivery;
};
const types = (facts: DeliveryFact[]): string[] => facts.map(({ type }) => type);

describe('a call', () => {
  it('tells a contact once a person says that it was answered, and who called', () =>
    expect(dueCall().ask(answer(1), THEN, ADA)).toMatchObject([
      { type: 'delivery.attempted', outcome: 'ACCEPTED', by: ADA },
      { type: 'delivery.delivered', contact: 'carol', channel: 'phone', said: 'spoke to Carol', by: ADA },
    ]));
  it('that was not answered tells nobody, and the next is tried at once', () => {
    const { facts } = play([carol, dan], (who) => (who === 'carol' ? 'UNANSWERED' : 'ACCEPTED'));
    expect(facts.find(({ type }) => type === 'delivery.attempted')).toMatchObject({ outcome: 'UNANSWERED', by: ADA });
    expect(facts.at(-1)).toMatchObject({ type: 'delivery.delivered', contact: 'dan' });
  });
  it('that nobody makes is said as what it is, and keeps nobody waiting', () => {
    const delivery = begin([carol, dan]);
    step(delivery, () => 'NOT_MADE');
    expect(delivery.facts.at(-1)).toMatchObject({ outcome: 'NOT_MADE', by: null, nextContact: 1 });
  });
  it('is not believed to be made on the word of a service', () =>
    expect(
      dueCall().ask({ type: 'delivery.record-attempt', deliveryId: 'd', turn: 1, outcome: 'ACCEPTED', said: '' }, THEN),
    ).toEqual([]));
  it.each([
    ['another turn', 2, dueCall],
    ['a turn that is not due', 1, () => begin([carol])],
    ['what is no call', 1, () => begin([dan])],
  ])('is not answered for %s', (_what, turn, delivery) =>
    expect(() => delivery().ask(answer(turn), THEN, ADA)).toThrow('not to be made'),
  );
  it('is answered once', () => {
    const { ask } = dueCall();
    ask(answer(1), THEN, ADA);
    expect(() => ask(answer(1), THEN, ADA)).toThrow('not to be made');
  });
  it('is for the provider to answer', () => expect(() => dueCall().ask(answer(1), THEN, CAROL)).toThrow('provider'));
});

describe('a question', () => {
  const asking = { purpose: 'APPROVAL', actionId: 'x' } as const;
  it('is put to all, in order, each with a share of the time to answer', () =>
    expect(play([dan, contactOf('eve'), contactOf('fay')], () => 'ACCEPTED', asking).tried).toEqual([
      ['dan', 0],
      ['eve', 1_200],
      ['fay', 2_400],
    ]));
  it('reaches one person in each registered way, and no list of another kind', () => {
    const list = contactOf('alice', { kind: 'REPORT', address: 'reports-list@alice.example' });
    const phone = contactOf('alice', { channel: 'phone' });
    const { facts } = play([list, contactOf('alice'), dan, phone], () => 'ACCEPTED', {
      ...asking,
      to: ['alice', 'alice'],
    });
    const due = facts.flatMap((fact) => (fact.type === 'delivery.due' ? [fact.contact] : []));
    expect(due.map(({ channel, address }) => [channel, address])).toEqual([
      ['mail', 'takes@alice.example'],
      ['phone', 'takes@alice.example'],
    ]);
  });
  it('whose next contact comes at once when one cannot be reached', () =>
    expect(play([dan, contactOf('eve')], (who) => (who === 'dan' ? 'REFUSED' : 'ACCEPTED'), asking).tried).toEqual([
      ['dan', 0],
      ['eve', 0],
    ]));
  it('that reached somebody did not fail, whoever else was not reached', () => {
    const { facts } = play([dan, contactOf('eve')], (who) => (who === 'dan' ? 'ACCEPTED' : 'REFUSED'), asking);
    expect(types(facts)).not.toContain('delivery.failed');
  });
  it('that is settled is put to nobody else', () => {
    const delivery = begin([dan, contactOf('eve')], asking);
    step(delivery, () => 'ACCEPTED');
    expect(types(delivery.ask({ type: 'delivery.stop', deliveryId: 'd', reason: 'answered' }, THEN))).toEqual([
      'delivery.stopped',
    ]);
    expect(delivery.ask({ type: 'delivery.try', deliveryId: 'd', turn: 2 }, THEN + 9e6)).toEqual([]);
    expect(delivery.ask({ type: 'delivery.stop', deliveryId: 'd', reason: 'answered' }, THEN)).toEqual([]);
  });
});

describe("the customer's taking note", () => {
  const acknowledge = { type: 'delivery.acknowledge', deliveryId: 'd' } as const;
  it('is a fact of its own, once', () => {
    const delivery = begin([dan]);
    step(delivery, () => 'ACCEPTED');
    expect(delivery.ask(acknowledge, THEN, CAROL)).toMatchObject([{ type: 'delivery.acknowledged', by: CAROL }]);
    expect(delivery.ask(acknowledge, THEN, CAROL)).toEqual([]);
  });
  it('is no answer: of a question the others are told as well, and who is to be called still is', () => {
    const asked = begin([dan, contactOf('eve'), carol], { purpose: 'APPROVAL', actionId: 'x', asking: 2 });
    step(asked, () => 'ACCEPTED');
    expect(asked.ask(acknowledge, THEN, CAROL)).toMatchObject([{ type: 'delivery.acknowledged', asking: 2 }]);
    expect(step(asked, () => 'ACCEPTED')[0]).toBe('eve');
    expect(step(asked, () => 'ACCEPTED')[0]).toBe('carol');
    expect(asked.facts.at(-1)).toMatchObject({ type: 'delivery.delivered', contact: 'carol' });
    expect(asked.facts.filter(({ type }) => type === 'delivery.attempted')).toMatchObject([
      { contact: 'dan', asking: 2 },
      { contact: 'eve', asking: 2 },
      { contact: 'carol', asking: 2 },
    ]);
  });
  it('is of what reached somebody', () =>
    expect(() => begin([dan]).ask(acknowledge, THEN, CAROL)).toThrow('nobody was reached'));
  it('is not for the provider to say', () => {
    const delivery = begin([dan]);
    step(delivery, () => 'ACCEPTED');
    expect(() => delivery.ask(acknowledge, THEN, ADA)).toThrow('customer');
  });
});
