import type { DeliveryAttempted, PostureFact, VisibilityGapEnded, VisibilityGapFound } from '#contracts';
import { OPERATOR } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { cases } from '../src/cases.module.js';

const about = { kind: 'SOURCE_SILENT', source: 'edr', assetId: '', host: '', since: 1_000, figures: [] } as const;
const found = (gapId: string): VisibilityGapFound => ({
  ...{ type: 'visibility.gap-found', ...about, gapId, severity: 'HIGH', sourceKind: 'WINDOWS', figures: [], at: 2_000 },
});
const ended = (gapId: string): VisibilityGapEnded => ({
  ...{
    type: 'visibility.gap-ended',
    ...about,
    gapId,
    ending: 'DATA_RETURNED',
    observedAt: 3_000,
    figures: [],
    at: 3_001,
  },
});
const CAROL = { subject: 'carol', side: 'CUSTOMER' } as const;

describe('posture items, Kafka in and Kafka out', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([cases]);
  });
  afterAll(async () => world?.stop());

  const TYPES = ['opened', 'observed', 'risk-accepted', 'resolved', 'reopened'] as const;
  const facts = (tenant: string): PostureFact[] =>
    TYPES.flatMap((name) => world.heard<PostureFact>(`posture.${name}`, tenant).map(({ message }) => message));
  const seen = (tenant: string): boolean[] =>
    facts(tenant).flatMap((one) => (one.type === 'posture.observed' ? [one.isPresent] : []));
  const itemsOf = (tenant: string): string[] => [...new Set(facts(tenant).map(({ postureId }) => postureId))];

  it('opens one for a gap, of each tenant its own, delivered twice', async () => {
    for (const tenant of ['acme', 'globex', 'acme']) await world.say(tenant, found('g1'));
    await world.until('both items', () => seen('acme').length === 1 && seen('globex').length === 1);
    expect(facts('acme')).toMatchObject([
      { type: 'posture.opened', check: 'SOURCE_SILENT', subject: 'edr', severity: 'HIGH' },
      { type: 'posture.observed', gapId: 'g1', isPresent: true },
    ]);
    expect(itemsOf('acme')).not.toEqual(itemsOf('globex'));
  });

  it('lets the customer accept the risk, and nobody of the provider', async () => {
    const [postureId = ''] = itemsOf('acme');
    const request = { type: 'posture.accept-risk', postureId, reason: 'a lab' } as const;
    expect(await world.ask('acme', request)).toMatchObject({ outcome: 'REFUSED', code: 'FORBIDDEN' });
    expect(await world.ask('acme', request, { actor: CAROL })).toMatchObject({ outcome: 'DONE' });
    expect(await world.ask('globex', request, { actor: CAROL })).toMatchObject({ code: 'NO_SUCH_POSTURE' });
  });

  it('ends it by what returns, after a restart, and remembers the item', async () => {
    await world.restart('cases');
    await world.say('acme', ended('g1'));
    await world.until('its end', () => seen('acme').length === 2);
    await world.say('acme', found('g2'));
    await world.until('the same once more', () => seen('acme').length === 3);
    expect(seen('acme')).toEqual([true, false, true]);
    expect(itemsOf('acme')).toHaveLength(1);
    expect(seen('globex')).toEqual([true]);
  });

  it('is one of the installation where no mail can be sent, whichever tenants needed it, until a mail was taken', async () => {
    const about = { deliveryId: 'd', caseId: 'c', actionId: '', purpose: 'CASE', channel: 'mail' } as const;
    const who = { contact: 'dan', language: 'EN', by: null } as const;
    const tried: DeliveryAttempted = {
      ...{ type: 'delivery.attempted', ...about, ...who, turn: 1, outcome: 'NO_SENDER', said: 'no mail server' },
      ...{ nextContact: -1, nextAt: null, round: 0, at: 4_000 },
    };
    for (const tenant of ['acme', 'globex', 'acme']) await world.say(tenant, tried);
    await world.until('the item', () => seen(OPERATOR).length === 1);
    await world.say('globex', { type: 'delivery.delivered', ...about, ...who, said: '250', at: 5_000 });
    await world.until('its end', () => seen(OPERATOR).length === 2);
    await world.say('acme', { ...tried, at: 4_500 });
    await world.say('acme', { ...tried, at: 6_000 });
    await world.until('the same once more', () => seen(OPERATOR).length === 3);
    expect(seen(OPERATOR)).toEqual([true, false, true]);
    expect(itemsOf(OPERATOR)).toHaveLength(1);
    expect(JSON.stringify(facts(OPERATOR))).not.toMatch(/acme|globex/);
    for (const tenant of ['acme', 'globex']) expect(JSON.stringify(facts(tenant))).not.toContain('NO_SENDER');
  });

  it('says nothing more when all is heard once more', async () => {
    const before = facts('acme').length;
    const ofInstallation = facts(OPERATOR);
    await world.rewind('cases', 'reactions');
    await world.say('acme', ended('g2'));
    await world.until('the end', () => seen('acme').length === 4);
    expect(facts('acme')).toHaveLength(before + 1);
    expect(facts(OPERATOR)).toEqual(ofInstallation);
  });
});
