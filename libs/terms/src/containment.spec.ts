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
    expect(isCaseContained([held, on('dc-01', 'VERIFIED', 9)], [seen('dc-01', 7)])).toBe(true);
    expect(isCaseContained([held], [seen('WS-01', 1), seen('dc-01', 4, 'MEDIUM')])).toBe(true);
  });
  it('is contained by the newest of several on one host, however those before ended', () => {
    for (const state of ['DENIED', 'EXPIRED', 'FAILED', 'SKIPPED', 'REVERTED'] as const) {
      expect(isCaseContained([on('ws-01', state), on('ws-01', 'VERIFIED', 9)], [seen('ws-01', 7)])).toBe(true);
      expect(isCaseContained([on('ws-01', state), on('ws-01', 'AWAITING_APPROVAL', 9)], [seen('ws-01', 7)])).toBe(
        false,
      );
    }
  });
  it('is not while a host of a grave finding is free, whatever became of the question about it', () => {
    const many = { severity: 'CRITICAL' as const, occurredAt: 1, entities: [{ kind: 'host', value: 'ws-01' }] };
    const both = { ...many, entities: [...many.entities, { kind: 'host', value: 'ws-02' }] };
    expect(isCaseContained([held], [both])).toBe(false);
    expect(isCaseContained([held, on('ws-02', 'VERIFIED')], [both])).toBe(true);
    expect(isCaseContained([held], [many, seen('dc-01', 4)])).toBe(false);
    for (const state of ['SKIPPED', 'DENIED', 'REVERTED', 'DONE_BY_CUSTOMER'] as const)
      expect(isCaseContained([held, on('ws-02', state)], [both])).toBe(false);
  });
  it('needs the users of a grave finding only where that names no host', () => {
    const users = [{ kind: 'user', value: 'ada' }];
    const grave = { severity: 'HIGH' as const, occurredAt: 1 };
    const onHost = { ...grave, entities: [{ kind: 'host', value: 'ws-01' }, ...users] };
    expect(isCaseContained([held], [onHost])).toBe(true);
    expect(isCaseContained([held], [onHost, { ...grave, entities: users }])).toBe(false);
    const suspended: ContainmentOf = { state: 'VERIFIED', target: { entity: 'user:ada' }, since: 5 };
    expect(isCaseContained([held, suspended], [onHost, { ...grave, entities: users }])).toBe(true);
    expect(isCaseContained([suspended], [onHost])).toBe(false);
  });
  it('is not by an effect on one of two hosts that may be one', () => {
    const [one, other] = ['web01.site-a.example', 'web01.site-b.example'] as const;
    expect(isCaseContained([on('web01', 'VERIFIED')], [seen(one, 1)])).toBe(true);
    expect(isCaseContained([on('web01', 'VERIFIED')], [seen(one, 1), seen(other, 1)])).toBe(false);
    expect(isCaseContained([on('web01', 'VERIFIED'), on(other, 'DENIED')], [seen('web01', 1)])).toBe(false);
    expect(isCaseContained([on(one, 'VERIFIED'), on(other, 'FAILED')], [seen('web01', 1)])).toBe(false);
  });
  it('is by an effect on what a register calls by another name than the findings', () => {
    const registered = on('srv-db.acme.example', 'VERIFIED');
    expect(isCaseContained([registered], [seen('dbprimary', 4)])).toBe(true);
    expect(isCaseContained([registered], [seen('dbprimary', 6)])).toBe(false);
    expect(isCaseContained([registered], [seen('dbprimary', 4), seen('ws-02', 4)])).toBe(false);
    expect(isCaseContained([registered], [seen('dbprimary', 4), seen('srv-db', 4)])).toBe(false);
  });
  it.each<ActionState>([
    ...(['APPROVED', 'AWAITING_APPROVAL', 'GUIDED', 'DENIED', 'EXPIRED', 'DONE_BY_CUSTOMER'] as const),
    ...(['EXECUTING', 'FAILED', 'SUCCEEDED', 'VERIFY_FAILED', 'UNSUPPORTED'] as const),
  ])('is not while an action on another target is %s', (state) =>
    expect(isCaseContained([held, on('dc-01', state)], [])).toBe(false),
  );
  it.each<ActionState>(['REVERTED', 'SKIPPED'])(
    'is also where an action on another target, on which nothing grave happened, is %s',
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
