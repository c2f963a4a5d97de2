import type { CaseClock, SlaTarget } from '#contracts';
import { at, paris } from '../../../test/hours.js';
import {
  clocksPausedFor,
  type ServiceLevels,
  raiseClocks,
  clockGoingOn,
  restartClocks,
  standingOf,
  startClocks,
  stopClocks,
} from './case-clocks.js';

const target = (special: Partial<SlaTarget> = {}): SlaTarget => ({
  severity: 'HIGH',
  kind: 'ACKNOWLEDGE',
  minutes: 60,
  businessHours: true,
  ...special,
});
const levels = (...sla: SlaTarget[]): ServiceLevels => ({ sla, calendar: paris.calendar, timeZone: 'Europe/Paris' });
const only = (clocks: CaseClock[]): CaseClock => {
  expect(clocks).toHaveLength(1);
  return clocks[0] as CaseClock;
};

const pauseClocks = (clocks: CaseClock[], now: number): CaseClock[] =>
  clocksPausedFor(clocks, ['ACKNOWLEDGE', 'RESOLVE'], now, levels(target()));
const resumeClocks = (clocks: CaseClock[], now: number, sla: ServiceLevels): CaseClock[] =>
  clocksPausedFor(clocks, [], now, sla);

describe('clocks of a case', () => {
  const monday = at('2026-11-02T10:00');
  it('are those of its severity', () =>
    expect(
      startClocks('HIGH', monday, levels(target(), target({ severity: 'LOW' }))).map(({ dueAt }) => dueAt),
    ).toEqual([at('2026-11-02T11:00')]));
  it('are none without settings', () => expect(startClocks('HIGH', monday, undefined)).toEqual([]));
  it('warn when three quarters are used', () =>
    expect(only(startClocks('HIGH', monday, levels(target()))).warnAt).toBe(at('2026-11-02T10:45')));
  it('stand still while the customer is waited for', () => {
    const [clocks, sla] = [startClocks('HIGH', monday, levels(target())), levels(target())];
    const paused = pauseClocks(clocks, at('2026-11-02T10:20'));
    expect(only(resumeClocks(paused, at('2026-11-02T16:50'), sla))).toMatchObject({
      dueAt: at('2026-11-03T09:30'),
      warnAt: at('2026-11-03T09:15'),
      pausedAt: null,
    });
  });
  it('pause once, and only while they run', () => {
    const clocks = stopClocks(startClocks('HIGH', monday, levels(target())), ['ACKNOWLEDGE'], monday, levels(target()));
    expect(pauseClocks(clocks, monday + 1)).toEqual(clocks);
    const paused = pauseClocks(startClocks('HIGH', monday, levels(target())), monday);
    expect(pauseClocks(paused, monday + 9)).toEqual(paused);
  });
  it('do not come back from a breach by waiting', () => {
    const paused = pauseClocks(startClocks('HIGH', monday, levels(target())), at('2026-11-02T12:00'));
    expect(only(resumeClocks(paused, at('2026-11-02T13:00'), levels(target()))).dueAt).toBe(at('2026-11-02T11:00'));
  });
  it('get the shorter target of a higher severity, and never a later due time', () => {
    const sla = levels(
      target({ severity: 'LOW', minutes: 240 }),
      target({ minutes: 30 }),
      target({ kind: 'CONTAIN', minutes: 60 }),
    );
    const low = startClocks('LOW', monday, sla);
    expect(raiseClocks(low, 'HIGH', monday + 60_000, sla).map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['ACKNOWLEDGE', at('2026-11-02T10:31')],
      ['CONTAIN', at('2026-11-02T11:01')],
    ]);
    expect(raiseClocks(low, 'HIGH', at('2026-11-02T13:50'), sla)[0]).toEqual(low[0]);
  });
  it('start anew when a closed case goes on', () => {
    const sla = levels(target({ kind: 'RESOLVE' }));
    const stopped = stopClocks(startClocks('HIGH', monday, sla), ['RESOLVE'], monday + 1, sla);
    expect(only(restartClocks(stopped, ['RESOLVE'], 'HIGH', at('2026-11-03T10:00'), sla))).toMatchObject({
      dueAt: at('2026-11-03T11:00'),
      stoppedAt: null,
    });
  });
  it('start anew by their own target where the severity has none', () => {
    const sla = levels(target({ kind: 'RESOLVE' }));
    const stopped = stopClocks(startClocks('HIGH', monday, sla), ['RESOLVE'], monday + 1, sla);
    expect(only(restartClocks(stopped, ['RESOLVE'], 'CRITICAL', at('2026-11-03T10:00'), sla))).toMatchObject({
      dueAt: at('2026-11-03T11:00'),
      stoppedAt: null,
    });
  });
  it('go on with what was left when what they reached is lost, and stay late where they were', () => {
    const stopped = (time: string) =>
      stopClocks(startClocks('HIGH', monday, levels(target())), ['ACKNOWLEDGE'], at(time), levels(target()));
    const dueAt = (time: string) =>
      only(clockGoingOn(stopped(time), 'ACKNOWLEDGE', at('2026-11-02T14:00'), levels(target()))).dueAt;
    expect([dueAt('2026-11-02T10:20'), dueAt('2026-11-02T12:00')]).toEqual([
      at('2026-11-02T14:40'),
      at('2026-11-02T11:00'),
    ]);
  });
});
describe('how a clock stands', () => {
  const monday = at('2026-11-02T10:00');
  const sla = levels(target());
  const clock = only(startClocks('HIGH', monday, sla));
  it.each([
    ['runs', clock, '10:44', { state: 'RUNNING', breachForeseen: false }],
    ['foresees its breach at 75 %', clock, '10:45', { state: 'RUNNING', breachForeseen: true, usedShare: 0.75 }],
    ['is within its target to the last', clock, '11:00', { state: 'RUNNING', usedShare: 1 }],
    ['is breached after it', clock, '11:01', { state: 'BREACHED', breachForeseen: false }],
    [
      'foresees nothing while it stands still',
      { ...clock, pausedAt: at('2026-11-02T10:50') },
      '13:00',
      { state: 'PAUSED', breachForeseen: false },
    ],
    ['was met', { ...clock, stoppedAt: at('2026-11-02T10:59') }, '15:00', { state: 'MET' }],
    ['was reached too late', { ...clock, stoppedAt: at('2026-11-02T11:30') }, '15:00', { state: 'BREACHED' }],
  ])('%s', (_what, one, time, expected) =>
    expect(standingOf(one, at(`2026-11-02T${time}`), sla)).toMatchObject(expected),
  );
});
