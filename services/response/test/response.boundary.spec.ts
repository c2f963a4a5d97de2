import type {
  ActionApprovalRequested,
  ActionFinished,
  ActionGuided,
  ActionIdentified,
  ActionIdentityRequested,
  ActionSkipped,
  ActionStarted,
  ActionVerified,
  CaseOpened,
  RequestAnswered,
  ResponseMode,
  TenantState,
} from '#contracts';
import { startWorld, type World } from '#libs/testing';
import { startEdrStandin, startIdpStandin, type Standin } from '../../../tools/standins/src/index.js';
import { tenant } from './samples/action.js';
import { response } from '../src/response.module.js';
import { keeping } from './samples/case.js';

let world: World;
let edr: Standin;
let idp: Standin;
let kept: ReturnType<typeof keeping>;
const CEO = 'ceo@acme.example';

const stateOf = (
  tenantId: string,
  mode: ResponseMode,
  policy: Partial<TenantState['policy']> = {},
  more: Partial<TenantState> = {},
): TenantState => ({
  ...tenant(mode, policy),
  tenantId,
  connectors: [
    { vendor: 'defender', baseUrl: edr.url, secretRef: 'edr', account: 'acme' },
    { vendor: 'okta', baseUrl: idp.url, secretRef: 'idp', account: 'acme' },
  ],
  ...more,
});

const caseWith = (caseId: string, host: string): CaseOpened => ({
  type: 'case.opened',
  caseId,
  number: 1001,
  title: 'LSASS was read',
  description: '',
  severity: 'HIGH',
  priority: 80,
  because: '',
  clocks: [],
  entities: [{ kind: 'host', value: host }],
  findings: [
    {
      findingId: `f-${caseId}`,
      ruleId: 'r1',
      title: 'LSASS was read',
      severity: 'HIGH',
      confidence: 80,
      techniques: ['T1003.001'],
      tactics: [],
      source: 'edr',
      entities: [{ kind: 'host', value: host }],
      occurredAt: 1,
      ingestedAt: 2,
      detectedAt: 3,
      criticality: 'HIGH',
      knownIndicator: false,
      assetGroups: [],
    },
  ],
  openedBy: { subject: 'cases', side: 'SYSTEM' },
  at: world.clock.now(),
});

let proposals = 0;
/** As a person proposes it. @returns the action's id. */
const suspend = async (tenantId: string, id: string): Promise<string> => {
  const actionId = `p${(proposals += 1)}`;
  const answer = await world.ask(tenantId, {
    type: 'action.propose',
    actionId,
    caseId: 'c9',
    actionClass: 'suspend-user',
    target: { kind: 'USER', id, entity: `user:${id.toLowerCase()}` },
    severity: 'HIGH',
    confidence: 100,
    assetGroups: [],
    reason: 'seen',
    detectedAt: 1,
  });
  expect(answer.outcome).toBe('DONE');
  return actionId;
};
const told = <Fact extends { type: string; actionId: string }>(
  type: Fact['type'],
  tenantId: string,
  actionId: string,
) =>
  world.until(
    `${type} of ${actionId}`,
    () => world.heard<Fact>(type, tenantId).find(({ message }) => message.actionId === actionId)?.message,
  );

/** The versions of the stream at which facts of a type were committed. */
const commitOf = (type: string, tenantId: string) =>
  world.heard(type, tenantId).map(({ envelope }) => [envelope.subject, envelope.sequence?.version]);

/** What was asked about the tenant's actions and was answered, each asking once. */
const requestsOf = (tenantId: string) =>
  world
    .heard<RequestAnswered>('request.answered', tenantId)
    .map(({ message }) => message.requestType)
    .filter((type) => type.startsWith('action.'));

const isolations = (host: string) => edr.callLog().filter(({ effect }) => effect === `Isolate ${host}`).length;
const zoe = { actor: { subject: 'zoe', side: 'CUSTOMER' as const }, roles: ['CUSTOMER_APPROVER'] };

beforeAll(async () => {
  edr = await startEdrStandin({});
  idp = await startIdpStandin({ users: [CEO, 'bo@acme.example'] });
  kept = keeping(['acts', 'asks', 'guides', 'guards', 'cut-off', 'bare'], {
    edr: { origins: [edr.url], secret: edr.secret },
    idp: { origins: [idp.url, 'http://127.0.0.1:9'], secret: idp.secret },
  });
  world = await startWorld([response], { clock: 'real', environment: { response: kept.environment } });
  for (const [id, mode] of [
    ['acts', 'AUTHORIZE'],
    ['asks', 'COLLABORATE'],
    ['guides', 'NOTIFY'],
  ] as const)
    await world.say(id, stateOf(id, mode));
  await world.say(
    'guards',
    stateOf('guards', 'AUTHORIZE', { exclusions: [{ entity: `user:${CEO}`, reason: 'the board decides' }] }),
  );
  await world.say(
    'cut-off',
    stateOf(
      'cut-off',
      'AUTHORIZE',
      {},
      { connectors: [{ vendor: 'okta', baseUrl: 'http://127.0.0.1:9', secretRef: 'idp', account: 'acme' }] },
    ),
  );
  await world.say('bare', stateOf('bare', 'AUTHORIZE', {}, { connectors: [] }));
  await world.until('all tenants to be known', () => world.services.response?.runtime.settings.all().length === 6);
});

afterAll(async () => {
  await world?.stop();
  await edr?.stop();
  await idp?.stop();
  kept?.forget();
});

it('isolates the host where the provider acts, sees the effect, and does so once', async () => {
  const opened = caseWith('c1', 'web01');
  const { envelope } = await world.say('acts', opened);
  const verified = await world.until(
    'a verified isolation',
    () => world.heard<ActionVerified>('action.verified', 'acts')[0],
  );
  expect(verified.message).toMatchObject({ effective: true, actionClass: 'isolate-host' });
  expect(commitOf('action.started', 'acts')).toEqual(commitOf('action.decided', 'acts'));
  expect(requestsOf('acts')).toEqual([
    'action.propose',
    'action.record-identity',
    'action.record-result',
    'action.record-verification',
  ]);
  await world.say('acts', opened, envelope);
  await world.rewind('response', 'effects');
  await world.rewind('response', 'reactions');
  await world.ask(
    'acts',
    { type: 'action.execute', actionId: verified.message.actionId },
    {
      actor: { subject: 'response', side: 'SYSTEM' },
    },
  );
  expect(isolations('web01')).toBe(1);
});

it('asks first where the customer wants to agree, and acts once it has', async () => {
  await world.say('asks', caseWith('c2', 'web02'));
  const { message } = await world.until(
    'a question',
    () => world.heard<ActionApprovalRequested>('action.approval-requested', 'asks')[0],
  );
  expect(isolations('web02')).toBe(0);
  const answer = await world.ask('asks', { type: 'action.approve', actionId: message.actionId, comment: 'go' }, zoe);
  expect(answer.outcome).toBe('DONE');
  await world.until('a verified isolation', () => world.heard<ActionVerified>('action.verified', 'asks')[0]);
  expect(isolations('web02')).toBe(1);
  expect(requestsOf('asks').filter((type) => /identity|approve|execute/.test(type))).toEqual([
    'action.record-identity',
    'action.approve',
    'action.execute',
    'action.record-identity',
  ]);
});

it('only guides where the customer acts, and takes its word', async () => {
  await world.say('guides', caseWith('c3', 'web03'));
  const { message } = await world.until('guidance', () => world.heard<ActionGuided>('action.guided', 'guides')[0]);
  expect(message.steps[0]).toContain('web03');
  const answer = await world.ask(
    'guides',
    { type: 'action.mark-done', actionId: message.actionId, comment: 'unplugged' },
    zoe,
  );
  expect(answer.outcome).toBe('DONE');
  expect(isolations('web03')).toBe(0);
});

it('answers another tenant as if the action were not there', async () => {
  const { message } = await world.until('guidance', () => world.heard<ActionGuided>('action.guided', 'guides')[0]);
  const answer = await world.ask('acts', { type: 'action.mark-done', actionId: message.actionId, comment: '' }, zoe);
  expect(answer).toMatchObject({ outcome: 'REFUSED', code: 'UNKNOWN_ACTION' });
});

it('does not believe an EDR that lies', async () => {
  edr.misbehave('lie');
  await world.say('acts', caseWith('c4', 'web04'));
  const found = await world.until('a verification', () =>
    world.heard<ActionVerified>('action.verified', 'acts').find(({ message }) => message.caseId === 'c4'),
  );
  expect(found.message).toMatchObject({ effective: false });
  edr.misbehave('honest');
});

it('learns what became of an isolation that was done and then failed', async () => {
  edr.misbehave('act-then-fail');
  await world.say('acts', caseWith('c5', 'web05'));
  const found = await world.until('a verification', () =>
    world.heard<ActionVerified>('action.verified', 'acts').find(({ message }) => message.caseId === 'c5'),
  );
  expect(found.message.effective).toBe(true);
  expect(isolations('web05')).toBe(1);
  edr.misbehave('honest');
});

describe('who the target is', () => {
  const effects = () => idp.callLog().flatMap(({ effect }) => effect ?? []);

  it('is kept with what was started: the id alone is acted on', async () => {
    const actionId = await suspend('acts', 'bo');
    const started = await told<ActionStarted>('action.started', 'acts', actionId);
    const { vendorId, names } = await told<ActionIdentified>('action.identified', 'acts', actionId);
    expect(names).toEqual([vendorId, 'bo@acme.example', 'bo']);
    expect(started).toMatchObject({ vendor: 'okta', vendorId });
    await told<ActionVerified>('action.verified', 'acts', actionId);
    expect(
      idp
        .callLog()
        .filter(({ effect }) => effect)
        .every(({ path }) => path.includes(vendorId)),
    ).toBe(true);
  });

  it('is found out under every name, and left alone where it is excluded', async () => {
    const ceo = (await (
      await fetch(`${idp.url}/api/v1/users/${CEO}`, { headers: { authorization: `SSWS ${idp.secret}` } })
    ).json()) as { id: string };
    const before = effects();
    for (const name of [ceo.id, 'ACME\\ceo']) {
      const skipped = await told<ActionSkipped>('action.skipped', 'guards', await suspend('guards', name));
      expect(skipped.because).toContain('the board decides');
    }
    expect(
      effects()
        .slice(before.length)
        .filter((effect) => effect.includes(CEO)),
    ).toEqual([]);
  });

  it('is nobody under a special word, and nothing was sent', async () => {
    const finished = await told<ActionFinished>('action.finished', 'guards', await suspend('guards', 'me'));
    expect(finished).toMatchObject({ outcome: 'FAILED', detail: expect.stringContaining('nothing was sent') });
    expect(effects().join()).not.toContain('vigie-service');
  });

  it('is not asked for where the customer acts itself', async () => {
    const calls = idp.callLog().length;
    await told<ActionGuided>('action.guided', 'guides', await suspend('guides', 'ceo'));
    expect(idp.callLog()).toHaveLength(calls);
  });

  it('is decided about by the settings of the moment the vendor answers', async () => {
    edr.misbehave('slow', { slowMs: 1_500 });
    await world.say('guards', caseWith('c6', 'web06'));
    await world.until('the question to the vendor', () =>
      world
        .heard<ActionIdentityRequested>('action.identity-requested', 'guards')
        .find(({ message }) => message.caseId === 'c6'),
    );
    await world.say(
      'guards',
      stateOf(
        'guards',
        'AUTHORIZE',
        { version: 9, exclusions: [{ entity: 'host:web06', reason: 'since a moment' }] },
        { version: 2 },
      ),
    );
    const skipped = await world.until('it to be left alone', () =>
      world.heard<ActionSkipped>('action.skipped', 'guards').find(({ message }) => message.caseId === 'c6'),
    );
    expect(skipped.message.because).toContain('since a moment');
    edr.misbehave('honest');
    expect(isolations('web06')).toBe(0);
  });

  it('is asked again of a vendor that is away', async () => {
    const actionId = await suspend('cut-off', 'bo');
    const again = await world.until('another question', () =>
      world
        .heard<ActionIdentityRequested>('action.identity-requested', 'cut-off')
        .find(({ message }) => message.asking === 2),
    );
    expect(again.message.actionId).toBe(actionId);
  });

  it('ends where nobody can be asked', async () =>
    expect(await told<ActionFinished>('action.finished', 'bare', await suspend('bare', 'bo'))).toMatchObject({
      outcome: 'UNSUPPORTED',
      vendorId: '',
    }));

  it('is found once, however often it is told', async () => {
    const before = world.heard('action.started', 'acts').length;
    await world.rewind('response', 'effects');
    await world.rewind('response', 'reactions');
    await suspend('bare', 'bo');
    expect(world.heard('action.started', 'acts')).toHaveLength(before);
  });
});

it('what gave back is not taken away again by undoing it', async () => {
  await world.ask('acts', {
    type: 'action.propose',
    actionId: 'r1',
    caseId: 'c9',
    actionClass: 'release-host',
    target: { kind: 'HOST', id: 'web01', entity: 'host:web01' },
    severity: 'HIGH',
    confidence: 100,
    assetGroups: [],
    reason: 'clean',
    detectedAt: 1,
  });
  await told<ActionVerified>('action.verified', 'acts', 'r1');
  const before = isolations('web01');
  expect(await world.ask('acts', { type: 'action.revert', actionId: 'r1', reason: 'again' })).toMatchObject({
    outcome: 'REFUSED',
    code: 'PROPOSE_INVERSE',
  });
  expect(isolations('web01')).toBe(before);
});
