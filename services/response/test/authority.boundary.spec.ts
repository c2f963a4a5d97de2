import type { ActionApprovalRequested, ActionApprove, RequestAnswered } from '#contracts';
import { readDeadLetter, retryTopic, toRetry, type DeadLetter, type OutRecord } from '#libs/events';
import { idOf, type Actor, type Typed } from '#libs/model';
import { signedRecord } from '#libs/service';
import { startWorld, type World } from '#libs/testing';
import { startDefenderStandin, type Standin } from '../../../tools/standins/src/index.js';
import { openedFor, stateFor } from './samples/case.js';
import { keepSecrets } from './samples/secrets-file.js';
import { response } from '../src/response.module.js';

let world: World;
let edr: Standin;
let kept: ReturnType<typeof keepSecrets>;
let actions: Record<string, string>;

const TENANTS = ['acme', 'globex'];
const zoe: Actor = { subject: 'zoe', side: 'CUSTOMER' };
const approve = (tenant: string, comment = 'please wait'): ActionApprove => ({
  type: 'action.approve',
  actionId: actions[tenant] ?? '',
  comment,
});
const put = async (
  id: string,
  request: Typed,
  special: { tenant?: string; actor?: Actor; roles?: string[] } = {},
): Promise<OutRecord> => {
  const { tenant = 'acme', actor = zoe, roles = ['CUSTOMER_APPROVER'] } = special;
  const source = actor.side === 'SYSTEM' ? actor.subject : 'gateway';
  return signedRecord(await world.keysOf(source), {
    envelope: { id, source, tenant, time: world.clock.now() },
    request,
    actor,
    roles,
    expiresAt: world.clock.now() + 30_000,
  });
};
const letter = (id: string, nth = 0): Promise<DeadLetter> =>
  world.until(
    `dead letter ${nth + 1} of ${id}`,
    () =>
      world
        .deadLetters('response')
        .map(readDeadLetter)
        .filter(({ original }) => original.headers['ce_id'] === id)[nth],
  );
const answerTo = (tenant: string, id: string): Promise<RequestAnswered> =>
  world.until(`the answer to ${id}`, () =>
    world
      .heard<RequestAnswered>('request.answered', tenant)
      .map(({ message }) => message)
      .find(({ requestId }) => requestId === id),
  );
const approvals = (tenant: string): number => world.heard('action.approved', tenant).length;

beforeAll(async () => {
  edr = await startDefenderStandin({});
  kept = keepSecrets(TENANTS, { edr: { origins: [edr.url], secret: edr.secret } });
  world = await startWorld([response], { clock: 'real', environment: { response: kept.environment } });
  for (const tenant of TENANTS) await world.say(tenant, stateFor(tenant, edr));
  await world.until(
    'the tenants to be known',
    () => world.services.response?.runtime.settings.all().length === TENANTS.length,
  );
  for (const tenant of TENANTS) await world.say(tenant, openedFor(tenant));
  actions = Object.fromEntries(
    await Promise.all(
      TENANTS.map(
        async (tenant) =>
          [
            tenant,
            await world.until(
              'the question',
              () => world.heard<ActionApprovalRequested>('action.approval-requested', tenant)[0]?.message.actionId,
            ),
          ] as const,
      ),
    ),
  );
});
afterAll(async () => {
  await world?.stop();
  await edr?.stop();
  kept?.forget();
});

it("does not take a customer's message for her approval", async () => {
  const id = idOf('message');
  const message = await put(id, {
    type: 'case.post-message',
    caseId: 'c1',
    kind: 'MESSAGE',
    text: 'please wait',
    inReplyTo: null,
  } as Typed);
  const approval = await put(id, approve('acme'));
  await world.publisher.send([
    { ...approval, headers: { ...approval.headers, ce_actor: message.headers['ce_actor'] ?? '' } },
  ]);
  expect((await letter(id)).code).toBe('FORGED');
  expect(approvals('acme')).toBe(0);
});

it('sets aside again what was forged when its dead letter is replayed', async () => {
  await world.publisher.send([toRetry(await letter(idOf('message')))]);
  expect((await letter(idOf('message'), 1)).code).toBe('FORGED');
  expect(approvals('acme')).toBe(0);
});

it("does not take from another service what that one's page does not ask", async () => {
  const id = idOf('service');
  const taken = await world.keysOf('enrichment', { enrichment: { itself: ['action.execute'], people: [] } });
  const request = { type: 'action.execute', actionId: actions['acme'] } as Typed;
  const envelope = { id, source: 'enrichment', tenant: 'acme', time: world.clock.now() };
  await world.publisher.send([
    await signedRecord(taken, {
      envelope,
      request,
      actor: { subject: 'enrichment', side: 'SYSTEM' },
      roles: ['SERVICE'],
      expiresAt: world.clock.now() + 30_000,
    }),
  ]);
  expect((await letter(id)).code).toBe('FORGED');
});

it('refuses a viewer, and asks the decider nothing', async () => {
  expect(
    await world.ask('acme', approve('acme'), {
      actor: { subject: 'vera', side: 'CUSTOMER' },
      roles: ['CUSTOMER_VIEWER'],
    }),
  ).toMatchObject({ outcome: 'REFUSED', code: 'FORBIDDEN' });
  expect(approvals('acme')).toBe(0);
});

it('takes her approval, from the retry topic too, and gives it the same answer each time', async () => {
  const id = idOf('approval');
  const record = await put(id, approve('acme'));
  await world.publisher.send([{ ...record, topic: retryTopic('response') }]);
  expect(await answerTo('acme', id)).toMatchObject({ outcome: 'DONE' });
  await world.publisher.send([record]);
  const [answer] = world
    .heard<RequestAnswered>('request.answered', 'acme')
    .filter(({ message }) => message.requestId === id);
  await world.until('the answer once more', () => world.ears.times(answer?.envelope.id ?? '') > 1);
  expect(approvals('acme')).toBe(1);
});

it.each<[string, () => Promise<OutRecord>]>([
  ['other words', () => put(idOf('approval'), approve('acme', 'go'))],
  [
    'another type',
    () => put(idOf('approval'), { type: 'action.deny', actionId: actions['acme'], comment: 'please wait' } as Typed),
  ],
  ['another person', () => put(idOf('approval'), approve('acme'), { actor: { subject: 'yan', side: 'CUSTOMER' } })],
])('sets aside %s under a used id', async (_what, record) => {
  const before = world.deadLetters('response').length;
  await world.publisher.send([await record()]);
  const found = await world.until('the dead letter', () => world.deadLetters('response')[before]);
  expect(readDeadLetter(found)).toMatchObject({ code: 'REQUEST_ID_USED', tenant: 'acme' });
  expect([approvals('acme'), world.heard('action.denied', 'acme').length]).toEqual([1, 0]);
});

it('knows the id of one tenant from that of another', async () => {
  const id = idOf('approval');
  await world.publisher.send([await put(id, approve('globex'), { tenant: 'globex' })]);
  expect(await answerTo('globex', id)).toMatchObject({ outcome: 'DONE' });
  expect([approvals('globex'), approvals('acme')]).toEqual([1, 1]);
});
