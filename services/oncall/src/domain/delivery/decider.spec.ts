import type { Contact, DeliveryFact, DeliveryOutcome } from '#contracts';
import { testContext } from '#libs/testing';
import { contactOf, sendOf, tenantWith, THEN } from '../../../test/samples.js';
import { deliveryStream } from './decider.js';

const said = 'x';
const context = (now: number, contacts: Contact[]) => ({
  ...testContext,
  now,
  settings: tenantWith('acme', contacts),
});

/** Plays a delivery to its end: who was tried, after how many seconds, and the last fact. */
const play = (contacts: Contact[], outcomeFor: (contact: string) => DeliveryOutcome) => {
  let [state, now] = [deliveryStream.initial(), THEN];
  const tried: [string, number][] = [];
  const apply = (facts: DeliveryFact[]): DeliveryFact[] => {
    state = facts.reduce(deliveryStream.evolve, state);
    return facts;
  };
  let facts = apply(deliveryStream.decide(sendOf('d'), state, context(now, contacts)));
  for (let turn = 1; turn < 50 && !state.isOver; turn += 1) {
    const last = facts[0];
    now = (last?.type === 'delivery.requested' || last?.type === 'delivery.attempted' ? last.nextAt : null) ?? now;
    apply(deliveryStream.decide({ type: 'delivery.try', deliveryId: 'd', turn }, state, context(now, contacts)));
    const who = contacts.filter(({ channel }) => channel === 'mail')[state.contact]?.subject ?? '';
    tried.push([who, Math.round((now - THEN) / 1_000)]);
    const record = { type: 'delivery.record-attempt', deliveryId: 'd', turn, outcome: outcomeFor(who), said } as const;
    facts = apply(deliveryStream.decide(record, state, context(now, contacts)));
    expect(deliveryStream.decide(record, state, context(now, contacts))).toEqual([]);
  }
  return { tried, last: facts.at(-1) };
};
const [carol, dan] = [contactOf('carol'), contactOf('dan')];

describe('a delivery', () => {
  it('reaches the first contact whose server takes it', () =>
    expect(play([carol, dan], () => 'ACCEPTED')).toMatchObject({
      tried: [['carol', 0]],
      last: { type: 'delivery.delivered', contact: 'carol' },
    }));
  it('goes on to the next at once', () =>
    expect(play([carol, dan], (who) => (who === 'dan' ? 'ACCEPTED' : 'UNREACHABLE'))).toMatchObject({
      tried: [
        ['carol', 0],
        ['dan', 0],
      ],
      last: { type: 'delivery.delivered', contact: 'dan' },
    }));
  it('tries again, first within a minute, and ends', () => {
    const { tried, last } = play([carol], () => 'UNREACHABLE');
    expect(tried).toHaveLength(4);
    expect(tried[1]?.[1]).toBeGreaterThanOrEqual(30);
    expect(tried[1]?.[1]).toBeLessThanOrEqual(60);
    expect(last).toMatchObject({ type: 'delivery.failed', reason: expect.stringContaining('4 attempts') });
  });
  it('leaves alone who refuses for good', () =>
    expect(play([carol], () => 'REFUSED')).toMatchObject({ tried: [['carol', 0]], last: { type: 'delivery.failed' } }));
  it('waits for the call window', () =>
    expect(play([contactOf('carol', { callWindow: '11:00-12:00' })], () => 'ACCEPTED').tried).toEqual([
      ['carol', 3_600],
    ]));
  it('passes over whose window is shut', () =>
    expect(play([contactOf('eve', { callWindow: '22:00-06:00' }), dan], () => 'ACCEPTED').tried).toEqual([['dan', 0]]));
  it.each([
    ['no contact to tell', []],
    ['carol (phone)', [contactOf('carol', { channel: 'phone' })]],
  ])('says that nobody can be told: %s', (reason, contacts) =>
    expect(play(contacts, () => 'ACCEPTED')).toMatchObject({
      tried: [],
      last: { type: 'delivery.failed', reason: expect.stringContaining(reason) },
    }),
  );
});
