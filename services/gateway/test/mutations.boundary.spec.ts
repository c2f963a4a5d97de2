import type { RequestAnswered } from '#contracts';
import { nodeId } from '../src/domain/node-id.js';
import { caseNode, caseStream, startPeopledGateway, type PeopledGateway } from './gateway-world.js';
import { idsOf, THEN } from './samples/index.js';

let running: PeopledGateway;
let world: PeopledGateway['world'];
let portal: PeopledGateway['portal'];
let deciders: PeopledGateway['deciders'];
let vera: PeopledGateway['vera'];
let analyst: PeopledGateway['analyst'];
let change: PeopledGateway['change'];
let claimOf: PeopledGateway['claimOf'];

beforeAll(async () => {
  running = await startPeopledGateway();
  ({ world, portal, deciders, vera, analyst, change, claimOf } = running);
});
afterAll(() => running?.stop());
beforeEach(() => {
  deciders.answerWith(() => ({}));
  deciders.asked.length = 0;
});

describe('what is asked', () => {
  it('is signed for the person, and answered with what the service said', async () => {
    deciders.answerWith(() => ({ outcome: 'REFUSED', code: 'CASE_CLOSED', message: 'case is closed' }));
    expect(await change(`assignCase(id: "${caseNode}", analyst: "bob")`)).toMatchObject({
      ok: false,
      code: 'CASE_CLOSED',
      message: 'case is closed',
    });
    const [asked] = deciders.asked;
    expect(asked?.message).toEqual({ type: 'case.assign', caseId: idsOf('acme').case, analyst: 'bob' });
    expect(await claimOf(asked)).toMatchObject({
      type: 'case.assign',
      actor: { subject: 'greta', side: 'PROVIDER' },
      roles: ['LEAD'],
      tenant: 'acme',
      expiresAt: world.clock.now() + 30_000,
    });
  });

  it('is the same request when it is called again with its mutation id', async () => {
    const first = await change(`addNote(id: "${caseNode}", text: "x", mutationId: "m1")`);
    expect((await change(`addNote(id: "${caseNode}", text: "x", mutationId: "m1")`)).requestId).toBe(first.requestId);
    expect((await change(`addNote(id: "${caseNode}", text: "x", mutationId: "m2")`)).requestId).not.toBe(
      first.requestId,
    );
    expect((await change(`addNote(id: "${caseNode}", text: "x")`)).requestId).not.toBe(
      (await change(`addNote(id: "${caseNode}", text: "x")`)).requestId,
    );
  });

  it('is put once more as it was, whatever has changed since', async () => {
    const test = `backtestRules(tenantId: "acme", input: { ruleId: "r1", days: 7 }, mutationId: "b1")`;
    await change(test);
    world.clock.advance(1_000);
    await change(test);
    expect(deciders.asked).toHaveLength(2);
    expect(deciders.asked[1]?.message).toEqual(deciders.asked[0]?.message);
    expect((await claimOf(deciders.asked[1])).expiresAt).toBe(world.clock.now() + 30_000);
  });

  it('is not put when its mutation id was used for something else, and that is said', async () => {
    const note = (text: string): string => `addNote(id: "${caseNode}", text: "${text}", mutationId: "m3")`;
    await change(note('please wait'));
    expect(await change(note('go ahead'))).toMatchObject({ ok: false, code: 'MUTATION_ID_USED' });
    expect(deciders.asked).toHaveLength(1);
    expect(await change(`assignCase(id: "${caseNode}", analyst: "bob", mutationId: "m3")`)).toMatchObject({ ok: true });
  });

  it('stays pending without an answer in time, which can be asked for later', async () => {
    deciders.answerWith(() => undefined);
    const { ok, code, requestId } = await change(`addNote(id: "${caseNode}", text: "x")`);
    expect([ok, code]).toEqual([false, 'PENDING']);
    expect((await analyst(`{ request(id: "${requestId}") { outcome } }`)).data).toEqual({ request: null });
    await world.say(
      'acme',
      {
        type: 'request.answered',
        requestId,
        requestType: 'case.add-note',
        outcome: 'DONE',
        code: '',
        message: '',
        streamId: caseStream,
        version: 4,
      } as RequestAnswered,
      { subject: requestId, correlationId: requestId },
    );
    await world.until(
      'the answer',
      async () => (await analyst(`{ request(id: "${requestId}") { outcome version } }`)).data?.request,
    );
  });

  it('proposes an action with what the policy has to know, and without groups: they are looked up where it is decided', async () => {
    await change(
      `proposeAction(caseId: "${caseNode}", actionClass: "isolate-host", targetKind: HOST, targetId: "WS6", reason: "beacon")`,
    );
    expect(deciders.asked[0]?.message).toMatchObject({
      type: 'action.propose',
      caseId: idsOf('acme').case,
      target: { kind: 'HOST', id: 'WS6', entity: 'host:ws6' },
      severity: 'HIGH',
      assetGroups: [],
      detectedAt: THEN + 2,
    });
  });

  it('needs the role: who may only look changes nothing', async () => {
    expect((await portal.ask('customer', vera, '{ cases { totalCount } }')).data).toEqual({ cases: { totalCount: 1 } });
    expect(
      await change(`approveAction(id: "${nodeId('Action', 'acme', idsOf('acme').action)}")`, vera, 'customer'),
    ).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    expect(deciders.asked).toEqual([]);
  });
});
