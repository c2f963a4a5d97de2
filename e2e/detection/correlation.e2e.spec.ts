import type { CaseOpened, FindingRaised, TelemetryNormalized, TenantState } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { cases } from '../../services/cases/src/cases.module.js';
import { collection } from '../../services/collection/src/collection.module.js';
import { detection } from '../../services/detection/src/detection.module.js';
import { enrichment } from '../../services/enrichment/src/enrichment.module.js';

/**
 * Failed logons and a success, as a customer's tool sends them, become one case; another customer's half of the same
 * becomes none.
 */

const TENANTS = ['acme', 'globex'];
/** More than the disorder in which they are sent, and than a busy machine takes from the one to the next. */
const LATENESS_MS = 8_000;

const state = (tenantId: string): TenantState => ({
  type: 'tenant.state',
  tenantId,
  version: 1,
  active: true,
  name: tenantId,
  prefix: 'AC',
  language: 'EN',
  timeZone: 'UTC',
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
  contacts: [],
  calendar: { days: [], holidays: [] },
  sla: [],
  assets: [],
  identities: [],
  connectors: [],
  sources: [{ name: 'edr', kind: 'WINDOWS', silentAfterMinutes: 60, receipts: false }],
});

const begin = Date.now();
const logon = (EventID: number, seconds: number): string =>
  JSON.stringify({
    Channel: 'Security',
    EventID,
    Hostname: 'DC1.example.test',
    TimeCreated: new Date(begin - 60_000 + seconds * 1_000).toISOString(),
    TargetUserName: 'ada',
    TargetDomainName: 'EXAMPLE',
    IpAddress: '203.0.113.9',
    LogonType: 3,
  });
const failures = Array.from({ length: 12 }, (_, index) => logon(4625, index / 10));
const success = logon(4624, 2);

describe('a password is guessed', () => {
  let world: World;
  const guessed = (tenant: string) =>
    world
      .heard<FindingRaised>('finding.raised', tenant)
      .map(({ message }) => message)
      .filter(({ rule }) => rule.title === 'Many failed logons, then a success');
  beforeAll(async () => {
    world = await startWorld([collection, enrichment, detection, cases], {
      clock: 'real',
      environment: {
        collection: { HTTP_PORT: '0', LISTEN_HOST: '127.0.0.1' },
        detection: { LATENESS_MS: String(LATENESS_MS) },
      },
    });
    for (const tenant of TENANTS) await world.say(tenant, state(tenant));
  });
  afterAll(async () => world?.stop());

  it('a case is opened, about the account, the address and the host', async () => {
    for (const line of [...failures.slice(6), ...failures.slice(0, 6), success])
      await world.ingest('acme', 'edr', line);
    for (const line of failures) await world.ingest('globex', 'edr', line);
    const finding = await world.until('the finding', () => guessed('acme')[0], 60_000);
    expect(finding.entities).toEqual(
      expect.arrayContaining([
        { kind: 'user', value: 'ada' },
        { kind: 'ip', value: '203.0.113.9' },
        { kind: 'host', value: 'dc1.example.test' },
      ]),
    );
    const opened = await world.until('the case', () =>
      world
        .heard<CaseOpened>('case.opened', 'acme')
        .map(({ message }) => message)
        .find(({ findings }) => findings.some(({ findingId }) => findingId === finding.findingId)),
    );
    expect(opened).toMatchObject({ severity: 'HIGH' });
  });

  it('sent again, and after a restart of detection, it stays one; the other customer has none', async () => {
    await world.restart('detection');
    for (const line of [success, ...failures]) await world.ingest('acme', 'edr', line);
    await world.ingest(
      'acme',
      'edr',
      JSON.stringify({
        Channel: 'Security',
        EventID: 4634,
        Hostname: 'LAST.example.test',
        TimeCreated: new Date().toISOString(),
      }),
    );
    await world.until('everything to be normalised', () =>
      world
        .heard<TelemetryNormalized>('telemetry.normalized', 'acme')
        .some(({ message }) => message.events.some(({ entity }) => entity.includes('last'))),
    );
    await world.restart('detection');
    expect([guessed('acme').length, guessed('globex').length]).toEqual([1, 0]);
  });
});
