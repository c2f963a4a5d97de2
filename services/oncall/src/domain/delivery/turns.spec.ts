import type { TenantState } from '#contracts';
import { HOUR_MS } from '#libs/terms';
import { begin, ONCALL, play } from '../../../test/play-delivery.js';
import { contactOf, tenantWith, THEN } from '../../../test/samples.js';

const [carol, dan] = [contactOf('carol'), contactOf('dan')];
const later = contactOf('eve', { callWindow: '12:00-18:00' });
const turn = { type: 'delivery.try', deliveryId: 'd', turn: 1 } as const;
const record = { type: 'delivery.record-attempt', deliveryId: 'd', turn: 1, said: 'x' } as const;
const stop = { type: 'delivery.stop', deliveryId: 'd', reason: 'the case is closed' } as const;

describe('turns', () => {
  it('go on until those with a later window had their own', () => {
    const { tried, last } = play([carol, later], (who) => (who === 'eve' ? 'ACCEPTED' : 'UNREACHABLE'));
    expect(tried.map(([who]) => who)).toEqual(['carol', 'carol', 'carol', 'carol', 'eve']);
    expect(last).toMatchObject({ type: 'delivery.delivered', contact: 'eve' });
  });
  it('give each as many attempts, however late the window', () =>
    expect(play([carol, later], () => 'UNREACHABLE').tried.filter(([who]) => who === 'eve')).toHaveLength(4));
  it('are not used up by what never leaves: a mail server of ours that is away for hours', () => {
    let left = 10;
    const { tried, last } = play([carol], () => (left-- > 0 ? 'NOT_MADE' : 'ACCEPTED'));
    expect(tried).toHaveLength(11);
    expect(tried.at(-1)?.[1]).toBeGreaterThan(3 * 3_600);
    expect(last).toMatchObject({ type: 'delivery.delivered' });
  });
  it('end after two days of that', () => {
    const delivery = begin([carol]);
    for (let one = 1; one < 200 && !delivery.state().isOver; one++) {
      const past = delivery.facts.findLast(({ type }) => type === 'delivery.attempted');
      const now = past?.type === 'delivery.attempted' ? (past.nextAt ?? 0) : THEN;
      delivery.ask({ ...turn, turn: one }, now);
      delivery.ask({ ...record, turn: one, outcome: 'NOT_MADE' }, now);
    }
    const last = delivery.facts.at(-1);
    expect(last).toMatchObject({ type: 'delivery.failed' });
    expect(last?.at).toBeGreaterThan(THEN + 46 * HOUR_MS);
    expect(last?.at).toBeLessThanOrEqual(THEN + 48 * HOUR_MS);
  });
});

describe('a turn whose time has come', () => {
  const lateAt = (settings: TenantState, at = THEN + 13 * HOUR_MS) => {
    const delivery = begin([contactOf('carol', { callWindow: '10:00-11:00' }), dan]);
    return delivery.ask(turn, at, ONCALL, settings);
  };
  const narrow = contactOf('carol', { callWindow: '10:00-11:00' });
  it('does not go out when the window is shut by then, but the next does', () =>
    expect(lateAt(tenantWith('acme', [narrow, dan]))).toMatchObject([
      { type: 'delivery.attempted', outcome: 'NOT_MADE', said: expect.stringContaining('window'), nextContact: 1 },
    ]));
  it('does not go out to who is no contact any more, now or later', () =>
    expect(lateAt(tenantWith('acme', [dan]), THEN)).toMatchObject([
      { type: 'delivery.attempted', outcome: 'NOT_MADE', said: expect.stringContaining('no contact'), nextContact: 1 },
    ]));
  it('does not go out for a tenant that is served no more', () =>
    expect(lateAt({ ...tenantWith('acme', [narrow, dan]), active: false }, THEN)).toMatchObject([
      { type: 'delivery.attempted', outcome: 'NOT_MADE', nextContact: -1 },
      { type: 'delivery.failed', reason: expect.stringContaining('not served') },
    ]));
  it('goes to the address that is registered by then', () =>
    expect(lateAt(tenantWith('acme', [{ ...narrow, address: 'new@carol.example' }, dan]), THEN)).toMatchObject([
      { type: 'delivery.due', contact: { address: 'new@carol.example' } },
    ]));
});

describe('a delivery that is stopped', () => {
  const stopped = () => {
    const delivery = begin([carol, dan]);
    delivery.ask(turn, THEN);
    delivery.ask(stop, THEN);
    return delivery;
  };
  it('still says what came of a message that was on its way, once', () => {
    const { ask } = stopped();
    expect(ask({ ...record, outcome: 'ACCEPTED' }, THEN)).toMatchObject([
      { type: 'delivery.attempted', outcome: 'ACCEPTED', nextContact: -1 },
      { type: 'delivery.delivered', contact: 'carol' },
    ]);
    expect(ask({ ...record, outcome: 'ACCEPTED' }, THEN)).toEqual([]);
  });
  it('neither fails nor goes on by it', () =>
    expect(stopped().ask({ ...record, outcome: 'REFUSED' }, THEN)).toMatchObject([
      { type: 'delivery.attempted', nextContact: -1, nextAt: null },
    ]));
  it('says nothing of what did not leave', () =>
    expect(stopped().ask({ ...record, outcome: 'NOT_MADE' }, THEN)).toEqual([]));
});
