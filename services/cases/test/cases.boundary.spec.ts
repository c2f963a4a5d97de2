import type {
  ActionApprovalRequested,
  ActionContactTried,
  ActionDenied,
  ActionProposed,
  ActionTarget,
  ActionVerified,
  CaseActionRecorded,
  CaseClocksChanged,
  CaseClose,
  CaseContained,
  CaseCustomerNotified,
  CaseFindingsAdded,
  CaseMerged,
  CaseOpened,
  CaseStatusChanged,
  ClusteringCaseReleased,
  ClusteringFindingPlaced,
  DeliveryDelivered,
  FindingRaised,
  TenantState,
} from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { cases } from '../src/cases.module.js';
import { entities } from './samples.js';

const raised = (findingId: string, shares: string, special: Partial<FindingRaised> = {}): FindingRaised => ({
  type: 'finding.raised',
  findingId,
  rule: { id: 'r', title: `Rule ${findingId}`, level: 'HIGH', description: '', falsePositives: [], runbook: '' },
  groupKey: 'g',
  windowStart: 0,
  windowEnd: 1,
  severity: 'HIGH',
  confidence: 80,
  techniques: ['T1569.002'],
  tactics: ['execution'],
  entities: entities(shares),
  source: 'edr',
  kind: 'WINDOWS',
  occurredAt: 1_600_000_000_000,
  ingestedAt: 1_600_000_001_000,
  detectedAt: 1_600_000_002_000,
  events: [],
  eventsTruncated: false,
  explanation: [],
  assets: [],
  identities: [],
  indicators: [],
  ...special,
});
const state = (tenantId: string): TenantState => ({
  type: 'tenant.state',
  tenantId,
  version: 1,
  active: true,
  name: tenantId,
  prefix: 'ACME',
  language: 'EN',
  timeZone: 'Europe/Paris',
  tier: 'MDR',
  providerType: 'MIXED',
  policy: {
    version: 1,
    mode: 'NOTIFY',
    overrides: [],
    exclusions: [],
    approvalMinutes: 60,
    unreachableClasses: [],
    guards: STANDARD_GUARDS,
  },
  contacts: [
    {
      name: 'Carol',
      subject: `carol@${tenantId}`,
      kind: 'INCIDENT',
      channel: 'mail',
      address: 'c@acme.example',
      callWindow: '',
      language: 'EN',
    },
  ],
  calendar: { days: [], holidays: [] },
  sla: [{ severity: 'HIGH', kind: 'CONTAIN', minutes: 60, businessHours: false }],
  assets: [],
  identities: [],
  sources: [],
  connectors: [],
});
/** What oncall says of a mail that was taken. */
const delivered = (tenantId: string, caseId: string): DeliveryDelivered => ({
  type: 'delivery.delivered',
  deliveryId: `d ${caseId}`,
  caseId,
  actionId: '',
  purpose: 'CASE',
  contact: `carol@${tenantId}`,
  channel: 'mail',
  language: 'EN',
  said: '250 taken',
  by: null,
  at: 1_600_000_003_000,
});
const TENANTS = ['acme', 'globex'];

describe('cases, Kafka in and Kafka out', () => {
  let world: World;
  const opened = (tenant: string): CaseOpened[] =>
    world.heard<CaseOpened>('case.opened', tenant).map(({ message }) => message);
  const caseOf = (tenant: string): string => opened(tenant)[0]?.caseId ?? '';
  const everywhere = async (sentence: string, look: (tenant: string) => boolean): Promise<void> => {
    for (const tenant of TENANTS) await world.until(`${sentence} at ${tenant}`, () => look(tenant));
  };
  const counts = (): number[] =>
    TENANTS.flatMap((tenant) =>
      [
        'clustering.finding-placed',
        'case.opened',
        'case.findings-added',
        'case.customer-notified',
        'case.action-recorded',
        'case.contained',
        'case.merged',
        'case.closed',
      ].map((type) => world.heard(type, tenant).length),
    );

  beforeAll(async () => {
    world = await startWorld([cases]);
    for (const tenant of TENANTS) await world.say(tenant, state(tenant));
  });
  afterAll(async () => world?.stop());

  it('opens one case a tenant for findings that belong together, though each is delivered twice', async () => {
    for (const tenant of TENANTS) {
      for (const finding of [
        raised('f1', 'host:ws6'),
        raised('f2', 'host:WS6.corp.example user:p'),
        raised('f2', 'host:WS6.corp.example user:p'),
        raised('f1', 'host:ws6'),
      ])
        await world.say(tenant, finding);
    }
    await everywhere(
      'the second finding',
      (tenant) => world.heard<CaseFindingsAdded>('case.findings-added', tenant).length === 1,
    );
    for (const tenant of TENANTS) {
      expect(opened(tenant)).toMatchObject([
        {
          number: 1001,
          title: 'Rule f1 on ws6',
          severity: 'HIGH',
          findings: [{ findingId: 'f1' }],
          openedBy: { subject: 'cases', side: 'SYSTEM' },
        },
      ]);
      expect(
        world.heard<ClusteringFindingPlaced>('clustering.finding-placed', tenant).map(({ message }) => message.opened),
      ).toEqual([true, false]);
    }
    expect(caseOf('acme')).not.toBe(caseOf('globex'));
  });

  it('tells each customer by its own contact, once a server took it', async () => {
    for (const tenant of TENANTS) {
      expect(world.heard('case.customer-notified', tenant)).toEqual([]);
      await world.say(tenant, delivered(tenant, caseOf(tenant)));
    }
    await everywhere('the notification', (tenant) => world.heard('case.customer-notified', tenant).length === 1);
    for (const tenant of TENANTS)
      expect(world.heard<CaseCustomerNotified>('case.customer-notified', tenant)[0]?.message).toMatchObject({
        contact: `carol@${tenant}`,
        channel: 'mail',
      });
  });

  it('is on hold by itself while its approval is open, though that is delivered twice', async () => {
    const action = { actionId: 'a0', caseId: caseOf('acme') };
    const proposed: ActionProposed = {
      ...action,
      type: 'action.proposed',
      actionClass: 'isolate-host',
      openc2Action: 'contain',
      reactId: 'RA3102',
      d3fend: 'D3-NI',
      inverse: 'release-host',
      target: { kind: 'HOST', id: 'ws6', entity: 'host:ws6' },
      severity: 'HIGH',
      confidence: 80,
      assetGroups: [],
      reason: 'PsExec',
      ttlMinutes: 1440,
      detectedAt: 1_600_000_002_000,
      by: { subject: 'response', side: 'SYSTEM' },
      at: 1_600_000_080_000,
    };
    const asked: ActionApprovalRequested = {
      ...action,
      type: 'action.approval-requested',
      question: 'May we isolate ws6?',
      contacts: [],
      expiresAt: 1_600_000_300_000,
      at: 1_600_000_090_000,
    };
    const denied: ActionDenied = {
      ...action,
      type: 'action.denied',
      by: { subject: 'carol', side: 'CUSTOMER' },
      comment: '',
      at: 1_600_000_095_000,
    };
    const told: ActionContactTried = {
      ...action,
      type: 'action.contact-tried',
      contact: 'carol',
      channel: 'mail',
      outcome: 'ACCEPTED',
      reached: false,
      triedAt: 1_600_000_092_000,
      at: 1_600_000_093_000,
    };
    const stoodStillAt = (fact: CaseStatusChanged | CaseClocksChanged | undefined): number | null =>
      fact?.clocks.find(({ kind }) => kind === 'CONTAIN')?.pausedAt ?? null;
    const holds = (): string[] =>
      world
        .heard<CaseStatusChanged>('case.status-changed', 'acme')
        .map(({ message: { to, onHoldReason, byItself } }) => `${to} ${onHoldReason} ${byItself}`);
    await world.say('acme', proposed);
    await world.say('acme', asked);
    await world.say('acme', asked);
    await world.until('the hold', () => holds().length === 1);
    // Nobody was told of the question yet: it is no time of theirs.
    const last = <Fact extends CaseStatusChanged | CaseClocksChanged>(type: Fact['type']): Fact | undefined =>
      world.heard<Fact>(type, 'acme').at(-1)?.message;
    expect(stoodStillAt(last<CaseStatusChanged>('case.status-changed'))).toBeNull();
    await world.say('acme', told);
    await world.say('acme', told);
    await world.until(
      'CONTAIN to stand still',
      () => stoodStillAt(last<CaseClocksChanged>('case.clocks-changed')) !== null,
    );
    await world.say('acme', denied);
    await world.until('its end', () => holds().length === 2);
    expect(holds()).toEqual(['ON_HOLD AWAITING_APPROVAL true', 'NEW NONE true']);
    expect(world.heard('case.status-changed', 'globex')).toEqual([]);
  });

  it('is contained by a verified isolation', async () => {
    const target: ActionTarget = { kind: 'HOST', id: 'ws6', entity: 'host:ws6' };
    const verified: ActionVerified = {
      type: 'action.verified',
      actionId: 'a1',
      caseId: caseOf('acme'),
      actionClass: 'isolate-host',
      target,
      effective: true,
      evidence: 'silent',
      observedAt: 0,
      lagMs: 0,
      at: 1_600_000_100_000,
    };
    await world.say('acme', verified);
    await world.say('acme', verified);
    await world.until('containment', () => world.heard<CaseContained>('case.contained', 'acme').length === 1);
    expect(world.heard<CaseActionRecorded>('case.action-recorded', 'acme')).toHaveLength(5);
    expect(world.heard('case.contained', 'globex')).toEqual([]);
  });

  it('merges cases that a finding ties together', async () => {
    await world.say('acme', raised('f3', 'host:ws9'));
    await world.until('a second case', () => opened('acme').length === 2);
    await world.say('acme', raised('f4', 'host:ws6 host:ws9'));
    await world.until('the merge', () => world.heard<CaseMerged>('case.merged', 'acme').length === 1);
    expect(world.heard<CaseMerged>('case.merged', 'acme')[0]?.message).toMatchObject({
      caseId: opened('acme')[1]?.caseId,
      intoCaseId: caseOf('acme'),
    });
  });

  it('answers people: refuses the closer who worked on it, and lets go of what a second person closes', async () => {
    const caseId = caseOf('globex');
    const close: CaseClose = {
      type: 'case.close',
      caseId,
      verdict: 'FALSE_POSITIVE',
      reason: 'EXPECTED_ACTIVITY',
      summary: 'An administrator at work.',
      impact: false,
      rootCause: null,
    };
    expect(await world.ask('globex', { type: 'case.acknowledge', caseId })).toMatchObject({ outcome: 'DONE' });
    expect(await world.ask('globex', close)).toMatchObject({ outcome: 'REFUSED', code: 'SECOND_PERSON_NEEDED' });
    expect(await world.ask('globex', close, { actor: { subject: 'bob', side: 'PROVIDER' } })).toMatchObject({
      outcome: 'DONE',
    });
    await world.until(
      'its release',
      () => world.heard<ClusteringCaseReleased>('clustering.case-released', 'globex').length === 1,
    );
    expect(await world.ask('acme', { type: 'case.acknowledge', caseId })).toMatchObject({
      outcome: 'REFUSED',
      code: 'NO_SUCH_CASE',
    });
  });

  it('says nothing new when everything is delivered once more', async () => {
    const before = counts();
    await world.rewind('cases', 'reactions');
    await world.rewind('cases', 'requests');
    // What is asked last is answered after all that came before it on the same partition.
    for (const tenant of TENANTS) {
      await world.say(tenant, raised('last', 'host:last'));
      await world.until(`the last case of ${tenant}`, () =>
        opened(tenant).some(({ title }) => title === 'Rule last on last'),
      );
      const last = opened(tenant).find(({ title }) => title === 'Rule last on last');
      await world.say(tenant, delivered(tenant, last?.caseId ?? ''));
      await world.until(
        `its notification at ${tenant}`,
        () => world.heard('case.customer-notified', tenant).length === before[TENANTS.indexOf(tenant) * 8 + 3]! + 1,
      );
    }
    const added = [1, 1, 0, 1, 0, 0, 0, 0];
    expect(counts()).toEqual(before.map((count, index) => count + (added[index % 8] ?? 0)));
    expect(world.deadLetters('cases')).toEqual([]);
  });
});
