import { begin, play } from '../../../test/play-delivery.js';
import { contactOf, THEN } from '../../../test/samples.js';

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
    ['carol (portal)', [contactOf('carol', { channel: 'portal' })]],
  ])('says that nobody can be told: %s', (reason, contacts) =>
    expect(play(contacts, () => 'ACCEPTED')).toMatchObject({
      tried: [],
      last: { type: 'delivery.failed', reason: expect.stringContaining(reason) },
    }),
  );
  it('puts a question to nobody who only looks into the portal, and says of no attempt that it was made', () => {
    const fay = contactOf('fay', { channel: 'portal' });
    const asking = { purpose: 'APPROVAL', actionId: 'x', to: ['fay', 'dan'] } as const;
    const alone = play([fay], () => 'ACCEPTED', { ...asking, to: ['fay'] });
    expect(alone.facts.map(({ type }) => type)).toEqual(['delivery.requested', 'delivery.failed']);
    expect(alone.last).toMatchObject({ reason: 'fay (portal): reached by hand only' });
    expect(play([fay, dan], () => 'ACCEPTED', { ...asking, to: [...asking.to] }).tried).toEqual([['dan', 0]]);
  });
  it('takes the outcome of an attempt once', () => {
    const { ask } = begin([carol]);
    ask({ type: 'delivery.try', deliveryId: 'd', turn: 1 }, THEN);
    const record = {
      type: 'delivery.record-attempt',
      deliveryId: 'd',
      turn: 1,
      outcome: 'UNREACHABLE',
      said: 'x',
    } as const;
    expect(ask(record, THEN)).toHaveLength(1);
    expect(ask(record, THEN)).toEqual([]);
  });
});
