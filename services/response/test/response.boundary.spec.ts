import type {
  ActionApprovalRequested,
  ActionDecided,
  ActionGuided,
  ActionNotVerified,
  ActionProposed,
  ActionSkipped,
  ActionSuperseded,
  ActionVerified,
  CaseActionsCalledOff,
  CaseFindingsAdded,
  FindingSummary,
} from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import { startResponse, type ResponseService } from './response-service.js';
import { caseWith } from './samples/case.js';

let service: ResponseService;
const zoe = { actor: { subject: 'zoe', side: 'CUSTOMER' as const }, roles: ['CUSTOMER_APPROVER'] };

/** The versions of the stream at which facts of a type were committed. */
const commitOf = (type: string, tenantId: string) =>
  service.world.heard(type, tenantId).map(({ envelope }) => [envelope.subject, envelope.sequence?.version]);

beforeAll(async () => {
  service = await startResponse(['acts', 'asks', 'guides', 'counts']);
  await service.bring({
    acts: { mode: 'AUTHORIZE' },
    asks: { mode: 'COLLABORATE' },
    guides: { mode: 'NOTIFY' },
    counts: { mode: 'AUTHORIZE', policy: { guards: { ...STANDARD_GUARDS, hostsPerHour: 1 } } },
  });
});

afterAll(() => service?.stop());

it('isolates the host where the provider acts, sees the effect, and does so once', async () => {
  const opened = caseWith('c1', 'web01');
  const { envelope } = await service.world.say('acts', opened);
  const verified = await service.world.until(
    'a verified isolation',
    () => service.world.heard<ActionVerified>('action.verified', 'acts')[0],
  );
  expect(verified.message).toMatchObject({ effective: true, actionClass: 'isolate-host' });
  expect(commitOf('action.started', 'acts')).toEqual(commitOf('action.decided', 'acts'));
  // It is looked for until what is seen proves it.
  expect([...new Set(service.requestsOf('acts'))]).toEqual([
    'action.propose',
    'action.record-identity',
    'action.record-result',
    'action.record-verification',
  ]);
  await service.world.say('acts', opened, envelope);
  await service.world.rewind('response', 'effects');
  await service.world.rewind('response', 'reactions');
  await service.world.ask(
    'acts',
    { type: 'action.execute', actionId: verified.message.actionId },
    {
      actor: { subject: 'response', side: 'SYSTEM' },
    },
  );
  expect(service.isolations('web01')).toBe(1);
});

it('acts on one of two hosts at once where one an hour is let, and asks about the other', async () => {
  const { world } = service;
  await Promise.all(['web07', 'web08'].map((host, index) => world.say('counts', caseWith(`c2${index}`, host))));
  const asked = await world.until(
    'a question',
    () => world.heard<ActionApprovalRequested>('action.approval-requested', 'counts')[0],
  );
  await world.until('a verified isolation', () => world.heard<ActionVerified>('action.verified', 'counts')[0]);
  expect(service.isolations('web07') + service.isolations('web08')).toBe(1);
  const rules = world
    .heard<ActionDecided>('action.decided', 'counts')
    .filter(({ message }) => message.actionId === asked.message.actionId)
    .map(({ message: { decision, rule } }) => [decision, rule]);
  expect(rules).toEqual([['ASK', 'guard:rate']]);
});

it('asks first where the customer wants to agree, and acts once it has', async () => {
  await service.world.say('asks', caseWith('c2', 'web02'));
  const { message } = await service.world.until(
    'a question',
    () => service.world.heard<ActionApprovalRequested>('action.approval-requested', 'asks')[0],
  );
  expect(service.isolations('web02')).toBe(0);
  const answer = await service.world.ask(
    'asks',
    { type: 'action.approve', actionId: message.actionId, comment: 'go' },
    zoe,
  );
  expect(answer.outcome).toBe('DONE');
  await service.world.until(
    'a verified isolation',
    () => service.world.heard<ActionVerified>('action.verified', 'asks')[0],
  );
  expect(service.isolations('web02')).toBe(1);
  expect(service.requestsOf('asks').filter((type) => /identity|approve|execute/.test(type))).toEqual([
    'action.record-identity',
    'action.approve',
    'action.execute',
    'action.record-identity',
  ]);
});

it('asks no more, and begins nothing, once the case that wanted it is over', async () => {
  const { world } = service;
  await world.say('asks', caseWith('c12', 'web12'));
  const { message } = await world.until('a question', () =>
    world
      .heard<ActionApprovalRequested>('action.approval-requested', 'asks')
      .find((one) => one.message.caseId === 'c12'),
  );
  const { actionId, caseId } = message;
  const because = 'the case is CLOSED as FALSE_POSITIVE';
  await world.say('asks', { type: 'case.actions-called-off', caseId, actionIds: [actionId], because, at: 5 });
  expect(await service.told<ActionSkipped>('action.skipped', 'asks', actionId)).toMatchObject({ because });
  const late = await world.ask('asks', { type: 'action.approve', actionId, comment: 'go' }, zoe);
  expect(late).toMatchObject({ outcome: 'REFUSED', code: 'WRONG_STATE' });
  expect(service.isolations('web12')).toBe(0);
});

it('asks again where the question was called off, once for what was found since, and not for what was known then', async () => {
  const { world } = service;
  const questions = () =>
    world
      .heard<ActionApprovalRequested>('action.approval-requested', 'asks')
      .filter(({ message }) => message.caseId === 'c25')
      .map(({ message }) => message);
  const opened = caseWith('c25', 'web25');
  await world.say('asks', opened);
  const [first] = await world.until('a question', () => questions().length === 1 && questions());
  const off = { type: 'action.withdraw' as const, actionId: first?.actionId ?? '', reason: 'a test' };
  expect(await world.ask('asks', off)).toMatchObject({ outcome: 'DONE' });
  const [known] = opened.findings as [FindingSummary];
  const added = (findingId: string, detectedAt: number, host = 'web25'): CaseFindingsAdded => ({
    type: 'case.findings-added',
    caseId: 'c25',
    findings: [{ ...known, findingId, severity: 'CRITICAL', detectedAt, entities: [{ kind: 'host', value: host }] }],
    entities: opened.entities,
    because: 'the same host',
    at: detectedAt,
  });
  await world.say('asks', added('known', known.detectedAt + 1));
  await world.say('acts', added('other', Date.now(), 'web26'));
  const found = added('found', Date.now() + 1);
  const { envelope } = await world.say('asks', found);
  await world.say('asks', found, envelope);
  const [, second] = await world.until('another question', () => questions().length > 1 && questions());
  await world.rewind('response', 'reactions');
  await world.ask('asks', { type: 'action.approve', actionId: second?.actionId ?? '', comment: 'go' }, zoe);
  await service.told<ActionVerified>('action.verified', 'asks', second?.actionId ?? '');
  await world.say('asks', added('later', Date.now() + 1));
  await world.say('asks', found, envelope);
  await world.until('it to be wanted again', () => world.heard('action.wanted-again', 'asks').length === 2);
  expect(questions().map(({ actionId }) => actionId)).toEqual([first?.actionId, second?.actionId]);
  expect(service.isolations('web25')).toBe(1);
  expect(world.heard('action.wanted-again', 'acts')).toEqual([]);
});

it('asks in the case that another went into what was asked in that one, once, and nothing for findings that moved', async () => {
  const { world } = service;
  const questionsOf = (caseId: string) =>
    world
      .heard<ActionApprovalRequested>('action.approval-requested', 'asks')
      .filter(({ message }) => message.caseId === caseId);
  await world.say('asks', caseWith('c13', 'web13'));
  const [asked] = await world.until('a question', () => questionsOf('c13').length > 0 && questionsOf('c13'));
  const { actionId = '' } = asked?.message ?? {};
  await world.say('asks', { ...caseWith('c14', 'web13'), fromCaseId: 'c13' });
  const off: CaseActionsCalledOff = {
    type: 'case.actions-called-off',
    caseId: 'c13',
    actionIds: [actionId],
    because: 'the case went into another one',
    intoCaseId: 'c14',
    at: 5,
  };
  const { envelope } = await world.say('asks', off);
  await world.say('asks', off, envelope);
  await world.until('the question in the other case', () => questionsOf('c14').length > 0);
  expect([questionsOf('c13').length, questionsOf('c14').length]).toEqual([1, 1]);
  expect(
    world.heard<ActionProposed>('action.proposed', 'asks').filter(({ message }) => message.caseId === 'c14'),
  ).toHaveLength(1);
});

it('only guides where the customer acts, and takes its word', async () => {
  await service.world.say('guides', caseWith('c3', 'web03'));
  const { message } = await service.world.until(
    'guidance',
    () => service.world.heard<ActionGuided>('action.guided', 'guides')[0],
  );
  expect(message.steps[0]).toContain('web03');
  const answer = await service.world.ask(
    'guides',
    { type: 'action.mark-done', actionId: message.actionId, comment: 'unplugged' },
    zoe,
  );
  expect(answer.outcome).toBe('DONE');
  expect(service.isolations('web03')).toBe(0);
});

it('answers another tenant as if the action were not there', async () => {
  const { message } = await service.world.until(
    'guidance',
    () => service.world.heard<ActionGuided>('action.guided', 'guides')[0],
  );
  const answer = await service.world.ask(
    'acts',
    { type: 'action.mark-done', actionId: message.actionId, comment: '' },
    zoe,
  );
  expect(answer).toMatchObject({ outcome: 'REFUSED', code: 'UNKNOWN_ACTION' });
});

it('does not believe an EDR that lies: what it said stands, and is not verified', async () => {
  service.edr.misbehave('lie');
  await service.world.say('acts', caseWith('c4', 'web04'));
  const found = await service.world.until('a look', () =>
    service.world
      .heard<ActionNotVerified>('action.not-verified', 'acts')
      .find(({ message }) => message.caseId === 'c4'),
  );
  expect(found.message).toMatchObject({ outcome: 'SUCCEEDED', reason: 'VENDOR_LAG' });
  service.edr.misbehave('honest');
});

it('learns what became of an isolation that was done and then failed', async () => {
  service.edr.misbehave('act-then-fail');
  await service.world.say('acts', caseWith('c5', 'web05'));
  const found = await service.world.until('a verification', () =>
    service.world.heard<ActionVerified>('action.verified', 'acts').find(({ message }) => message.caseId === 'c5'),
  );
  expect(found.message.effective).toBe(true);
  expect(service.isolations('web05')).toBe(1);
  service.edr.misbehave('honest');
});

it('says that an isolation holds no more once another action was seen to release the host, and lifts it by no timer', async () => {
  const { world } = service;
  await world.say('acts', caseWith('c15', 'web15'));
  const isolated = await world.until('a verified isolation', () =>
    world.heard<ActionVerified>('action.verified', 'acts').find(({ message }) => message.caseId === 'c15'),
  );
  const { actionId } = isolated.message;
  await world.ask('acts', {
    type: 'action.propose',
    actionId: 'r15',
    caseId: 'c16',
    actionClass: 'release-host',
    target: { kind: 'HOST', id: 'web15', entity: 'host:web15' },
    severity: 'HIGH',
    confidence: 100,
    assetGroups: [],
    reason: 'clean',
    detectedAt: 1,
  });
  const released = await service.told<ActionVerified>('action.verified', 'acts', 'r15');
  expect(await service.told<ActionSuperseded>('action.superseded', 'acts', actionId)).toMatchObject({
    caseId: 'c15',
    byActionId: 'r15',
    byCaseId: 'c16',
    inverting: false,
    evidence: released.evidence,
    observedAt: released.observedAt,
  });
  expect(await world.ask('acts', { type: 'action.revert', actionId, reason: 'its time is over' })).toMatchObject({
    outcome: 'UNCHANGED',
  });
});

it('what gave back is not taken away again by undoing it', async () => {
  await service.world.ask('acts', {
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
  await service.told<ActionVerified>('action.verified', 'acts', 'r1');
  const before = service.isolations('web01');
  expect(await service.world.ask('acts', { type: 'action.revert', actionId: 'r1', reason: 'again' })).toMatchObject({
    outcome: 'REFUSED',
    code: 'PROPOSE_INVERSE',
  });
  expect(service.isolations('web01')).toBe(before);
});
