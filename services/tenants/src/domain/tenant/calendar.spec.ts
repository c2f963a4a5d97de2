import type { BusinessCalendar, SlaTarget, TenantRequest } from '#contracts';
import { after, carol, given, lastState, onboarded } from '../../../test/requests.js';

const calendar = (days: BusinessCalendar['days'], holidays: string[] = []): TenantRequest => ({
  type: 'tenant.set-calendar',
  calendar: { days, holidays },
});

describe('a business calendar', () => {
  const day = { weekday: 1, start: '09:00', end: '17:00' };
  it('is kept in order', () =>
    expect(lastState(after(calendar([{ ...day, weekday: 2 }, day], ['2026-12-25', '2026-05-01']))).calendar).toEqual({
      days: [day, { ...day, weekday: 2 }],
      holidays: ['2026-05-01', '2026-12-25'],
    }));
  it.each<[TenantRequest, string]>([
    [calendar([{ ...day, weekday: 0 }]), 'from 1 to 7'],
    [calendar([{ ...day, start: '9:00' }]), 'HH:MM'],
    [calendar([{ ...day, end: '25:00' }]), 'at most 24:00'],
    [calendar([{ ...day, start: '18:00' }]), 'on Monday the start 18:00 must be before the end 17:00'],
    [calendar([day, { ...day, start: '16:00', end: '18:00' }]), 'on Monday opening hours overlap'],
    [calendar([day], ['25.12.2026']), 'a date such as'],
    [calendar([day], ['2026-02-30']), 'is no date'],
    [calendar([day], ['2026-12-25', '2026-12-25']), 'there twice'],
  ])('is refused when wrong: %j', (wrong, sentence) =>
    given(...onboarded)
      .when(wrong)
      .refuses(sentence),
  );
});
describe('service levels', () => {
  const target: SlaTarget = { severity: 'HIGH', kind: 'CONTAIN', minutes: 60, businessHours: false };
  it('replace those before', () =>
    expect(lastState(after({ type: 'tenant.set-sla', targets: [target] })).sla).toEqual([target]));
  it('are the provider’s to set', () =>
    given(...onboarded)
      .when({ type: 'tenant.set-sla', targets: [target] }, { actor: carol })
      .refuses('only the provider'));
  it('are refused twice for one clock', () =>
    given(...onboarded)
      .when({ type: 'tenant.set-sla', targets: [target, target] })
      .refuses("'HIGH CONTAIN' is there twice"));
  it('are refused without minutes', () =>
    given(...onboarded)
      .when({ type: 'tenant.set-sla', targets: [{ ...target, minutes: 0 }] })
      .refuses('minutes of a service level'));
});
