import fc from 'fast-check';
import type { AllowanceFact, AllowanceTake } from '#contracts';
import { DAY_MS, HOUR_MS, MINUTE_MS, STANDARD_GUARDS } from '#libs/terms';
import { scenario } from '#libs/testing';
import { at, system, tenant } from '../../../test/samples/action.js';
import { allowanceStream } from './decider.js';

const letting = (hostsPerHour: number) =>
  tenant('AUTHORIZE', { guards: { ...STANDARD_GUARDS, hostsPerHour, hostsPercent: 5 } });
const { given } = scenario(allowanceStream, { actor: system, settings: letting(2) });
const take = (host: string): AllowanceTake => ({ type: 'allowance.take', actionId: `of ${host}`, asking: 1, host });
const granted = (host: string, when: number): AllowanceFact => ({
  type: 'allowance.granted',
  actionId: `of ${host}`,
  asking: 1,
  host,
  hosts: 0,
  limit: 2,
  hours: 1,
  at: when,
});

describe('hosts acted on without a person', () => {
  const two = [granted('a', at), granted('b', at + MINUTE_MS)];
  it('are let while they are fewer than the policy says, each counted once', () => {
    given(...two.slice(0, 1))
      .when(take('b'), { now: at + 1 })
      .thenLike({ type: 'allowance.granted', hosts: 1, limit: 2, host: 'b' });
    given(...two)
      .when(take('a'), { now: at + 2 * MINUTE_MS })
      .thenLike({ type: 'allowance.granted', hosts: 1 });
  });
  it('are let no more after that, until the hour is over', () => {
    given(...two)
      .when(take('c'), { now: at + 30 * MINUTE_MS })
      .thenLike({ type: 'allowance.withheld', hosts: 2, limit: 2, hours: 1 });
    given(...two)
      .when(take('c'), { now: at + HOUR_MS })
      .thenLike({ type: 'allowance.granted', hosts: 1 });
  });
  it('are let no more where they were many in a day, however slowly', () =>
    given(...['a', 'b', 'c', 'd', 'e', 'f'].map((host, index) => granted(host, at + index * 2 * HOUR_MS)))
      .when(take('g'), { now: at + 12 * HOUR_MS })
      .thenLike({ type: 'allowance.withheld', hosts: 6, limit: 6, hours: 24 }));
  it('are let as many as there are where the customer has switched it off, and none without a policy', () => {
    given(...two)
      .when(take('c'), { now: at + 2 * MINUTE_MS, settings: letting(0) })
      .thenLike({ type: 'allowance.granted' });
    given().when(take('c'), { settings: undefined }).thenLike({ type: 'allowance.withheld', limit: 0 });
  });
  it('are counted by the service alone', () =>
    given()
      .when(take('a'), { actor: { subject: 'ada', side: 'PROVIDER' } })
      .refuses('only the service itself'));

  it('are at most so many in any hour, and three times as many in any day, whoever asks when', () => {
    const step = fc.record({ host: fc.nat(30), laterMs: fc.constantFrom(0, MINUTE_MS, 20 * MINUTE_MS, 5 * HOUR_MS) });
    let withheld = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let now = at;
        const past: AllowanceFact[] = [];
        for (const { host, laterMs } of steps) {
          now += laterMs;
          past.push(
            ...given(...past)
              .when(take(String(host)), { now })
              .facts(),
          );
        }
        const letOn = past.filter(({ type }) => type === 'allowance.granted');
        withheld += past.length - letOn.length;
        for (const { at: end } of letOn) {
          const hostsIn = (ms: number): number =>
            new Set(letOn.filter((one) => one.at <= end && one.at > end - ms).map((one) => one.host)).size;
          expect(hostsIn(HOUR_MS)).toBeLessThanOrEqual(2);
          expect(hostsIn(DAY_MS)).toBeLessThanOrEqual(6);
        }
      }),
      { numRuns: 200 },
    );
    expect(withheld).toBeGreaterThan(100);
  });
});
