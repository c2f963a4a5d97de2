import { figures, MINUTE } from '../../../test/figures.js';
import { aCase, minute } from '../../../test/samples.js';

describe('resolution', () => {
  const statuses = [
    { status: 'NEW', onHoldReason: 'NONE', at: minute(0) },
    { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(4) },
    { status: 'ON_HOLD', onHoldReason: 'AWAITING_APPROVAL', at: minute(10) },
    { status: 'ON_HOLD', onHoldReason: 'AWAITING_THIRD_PARTY', at: minute(40) },
    { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(45) },
    { status: 'RESOLVED', onHoldReason: 'NONE', at: minute(60) },
  ] as const;
  const cases = [aCase({ acknowledgedAt: [minute(4)], statuses: [...statuses] })];
  it("splits an hour into our 25 minutes, the customer's 30 and a third party's 5", () => {
    const found = figures({ cases });
    expect(found['time-to-resolve']).toEqual({ median: 60 * MINUTE, p90: 60 * MINUTE, n: 1 });
    expect(found['time-to-resolve-ours']).toEqual({ median: 25 * MINUTE, p90: 25 * MINUTE, n: 1 });
    expect(found['time-to-resolve-customer']).toEqual({ median: 30 * MINUTE, p90: 30 * MINUTE, n: 1 });
    expect(found['time-to-resolve-third-party']).toEqual({ median: 5 * MINUTE, p90: 5 * MINUTE, n: 1 });
  });
  it("counts our minutes from the acknowledgement as an analyst's", () =>
    expect(figures({ cases })['analyst-minutes']).toBe(21));
  it('does not count a case that was opened again', () =>
    expect(
      figures({
        cases: [aCase({ statuses: [...statuses, { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(90) }] })],
      })['time-to-resolve'],
    ).toBeNull());
});
it("takes the customer's last rating of each case", () =>
  expect(
    figures({
      cases: [
        aCase({
          ratings: [
            { stars: 2, comment: '', at: minute(1) },
            { stars: 4, comment: '', at: minute(2) },
          ],
        }),
        aCase({ ratings: [{ stars: 5, comment: '', at: minute(3) }] }),
      ],
    }).satisfaction,
  ).toEqual({ median: 4.5, p90: 5, n: 2 }));
