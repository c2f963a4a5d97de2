import type { ActionState, FindingSummary, Severity } from '#contracts';
import { contains, isCaseContained, type ContainmentOf } from './containment.js';

describe('an action', () => {
  it.each(['isolate-host', 'suspend-user'])('of class %s contains while it stands verified', (actionClass) => {
    expect(contains({ actionClass, state: 'VERIFIED' })).toBe(true);
    expect(contains({ actionClass, state: 'REVERTING' })).toBe(false);
    expect(contains({ actionClass, state: 'REVERTED' })).toBe(false);
  });
  it('of another class contains nothing', () =>
    expect(contains({ actionClass: 'release-host', state: 'VERIFIED' })).toBe(false));
});

describe('a case', () => {
  const on = (host: string, state: ActionState, since = 5): ContainmentOf => ({
    state,
    target: { entity: `host:${host}` },
    since,
  });
  const seen = (host: string, occurredAt: number, severity: Severity = 'CRITICAL') =>
    ({ severity, occurredAt, entities: [{ kind: 'host', value: host }] }) satisfies Partial<FindingSummary>;
  const held = on('ws-01', 'VERIFIED');
  it('is contained while all that was to be contained is', () => {
    expect(isCaseContained([], [])).toBe(false);
    expect(isCaseContained([held], [seen('ws-01', 1), seen('dc-01', 4)])).toBe(true);
    expect(isCaseContained([held, on('dc-01', 'VERIFIED', 9)], [seen('dc-01', 7)])).toBe(true);
    expect(isCaseContained([held, on('WS-01.acme.example', 'FAILED')], [])).toBe(true);
  });
  it.each<ActionState>([
    ...(['APPROVED', 'AWAITING_APPROVAL', 'GUIDED', 'DENIED', 'EXPIRED'] as const),
    ...(['EXECUTING', 'FAILED', 'SUCCEEDED', 'VERIFY_FAILED', 'UNSUPPORTED'] as const),
  ])('is not while an action on another target is %s', (state) =>
    expect(isCaseContained([held, on('dc-01', state)], [])).toBe(false),
  );
  it.each<ActionState>(['REVERTED', 'SKIPPED', 'DONE_BY_CUSTOMER'])(
    'is also where an action on another target is %s',
    (state) => expect(isCaseContained([held, on('dc-01', state)], [])).toBe(true),
  );
  it('is not once something grave happened elsewhere since the first effect', () => {
    expect(isCaseContained([held], [seen('dc-01', 6)])).toBe(false);
    expect(isCaseContained([held, on('ws-02', 'VERIFIED', 9)], [seen('dc-01', 6)])).toBe(false);
    expect(isCaseContained([held], [seen('dc-01', 6, 'MEDIUM'), seen('ws-01', 7)])).toBe(true);
  });
  it('is by an effect of which the target is not known', () =>
    expect(isCaseContained([{ state: 'VERIFIED', since: 5 }], [seen('dc-01', 6)])).toBe(true));
});
