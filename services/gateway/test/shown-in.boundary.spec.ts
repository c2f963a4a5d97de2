import type { AnyFactDraft } from '#contracts';
import { idOf } from '#libs/model';
import { nodeId } from '../src/domain/node-id.js';
import { caseNode, caseStream, startPeopledGateway, type PeopledGateway } from './gateway-world.js';
import { idsOf, numberedOf, openedOf, stateOf, THEN } from './samples/index.js';

let running: PeopledGateway;
let world: PeopledGateway['world'];
let portal: PeopledGateway['portal'];
let deciders: PeopledGateway['deciders'];
let carol: PeopledGateway['carol'];
let root: PeopledGateway['root'];
let analyst: PeopledGateway['analyst'];
let change: PeopledGateway['change'];
let claimOf: PeopledGateway['claimOf'];

beforeAll(async () => {
  running = await startPeopledGateway();
  ({ world, portal, deciders, carol, root, analyst, change, claimOf } = running);
});
afterAll(() => running?.stop());
beforeEach(() => {
  deciders.answerWith(() => ({}));
  deciders.asked.length = 0;
});

describe('what is done', () => {
  it('waits, when done, until the view has it', async () => {
    let version = 0;
    deciders.answerWith(() => {
      version = 5;
      // The fact comes after the answer here: only the wait makes the next query see it.
      setTimeout(
        () =>
          void world.say(
            'acme',
            {
              type: 'case.assigned',
              caseId: idsOf('acme').case,
              analyst: 'bob',
              by: { subject: 'greta', side: 'PROVIDER' },
              at: THEN,
            },
            { subject: caseStream, sequence: { version: 5, index: 0, count: 1 } },
          ),
        300,
      );
      return { streamId: caseStream, version };
    });
    expect(await change(`assignCase(id: "${caseNode}", analyst: "bob")`)).toMatchObject({
      ok: true,
      streamId: caseStream,
      id: caseNode,
    });
    expect((await analyst(`{ case(id: "${caseNode}") { assignee version } }`)).data).toEqual({
      case: { assignee: 'bob', version: 5 },
    });
  });

  it('says which case was opened, once it is there', async () => {
    const opened = idOf('opened');
    deciders.answerWith(({ envelope: { id } }) => {
      const { fact, envelope } = numberedOf('acme', id, opened);
      void world.say('acme', fact, envelope).then(() =>
        world.say(
          'acme',
          { ...openedOf('acme', opened, 1002), at: THEN + 60_000 },
          {
            subject: `case/acme/${opened}`,
            sequence: { version: 1, index: 0, count: 1 },
          },
        ),
      );
      return { streamId: 'clustering/acme', version: 2 };
    });
    const { ok, id } = await change('openCase(title: "Look", description: "a call")', carol, 'customer');
    expect([ok, id]).toEqual([true, nodeId('Case', 'acme', opened)]);
    expect((await portal.ask('customer', carol, `{ case(id: "${id}") { number } }`)).data).toEqual({
      case: { number: 'ACME-1002' },
    });
    expect(await claimOf(deciders.asked[0])).toMatchObject({
      actor: { subject: 'carol', side: 'CUSTOMER' },
      roles: ['CUSTOMER_APPROVER'],
    });
  });

  it('onboards a tenant nobody knows yet', async () => {
    deciders.answerWith(() => {
      void world.say('initech', stateOf('initech'), {
        subject: 'tenant/initech',
        sequence: { version: 1, index: 0, count: 1 },
      });
      return { streamId: 'tenant/initech', version: 1 };
    });
    expect(
      await change(
        'onboardTenant(tenantId: "initech", input: { name: "I", prefix: "INI", language: JA, timeZone: "Asia/Tokyo" })',
        root,
      ),
    ).toMatchObject({ ok: true });
    expect((await analyst('{ tenant(id: "initech") { tenantId contacts { name } } }', {}, root)).data).toMatchObject({
      tenant: { tenantId: 'initech' },
    });
  });

  it('says of what lets more happen that it waits for a second word, and shows it to the customer', async () => {
    deciders.answerWith(({ envelope: { id } }) => {
      const place = (index: number) => ({ subject: 'tenant/acme', sequence: { version: 9, index, count: 2 } });
      const proposed: AnyFactDraft = {
        type: 'tenant.policy-proposed',
        proposalId: id,
        assets: [],
        identities: [],
        looser: ['much more'],
        tighter: [],
        policyVersion: 1,
        expiresAt: Date.UTC(2099, 0, 1),
        by: { subject: 'greta', side: 'PROVIDER' },
        at: world.clock.now(),
      };
      void world
        .say('acme', proposed, place(0))
        .then(() => world.say('acme', { ...stateOf('acme'), version: 9 }, place(1)));
      return { streamId: 'tenant/acme', version: 9 };
    });
    const { requestId, ...outcome } = await change('setPolicy(tenantId: "acme", policy: { mode: AUTHORIZE })');
    expect(outcome).toMatchObject({
      ok: true,
      code: 'PROPOSED',
      message: expect.stringContaining('waits for the word of another of the provider'),
    });
    expect(deciders.asked[0]?.message).toMatchObject({
      type: 'tenant.set-policy',
      policy: { version: 0, mode: 'AUTHORIZE', approvalMinutes: 60 },
    });
    const { data } = await portal.ask(
      'customer',
      carol,
      '{ tenant { policyProposals { id looser proposedBy { subject } } policyChanges { outcome version by { subject } } } }',
    );
    expect(data?.tenant).toEqual({
      policyProposals: [
        { id: requestId, looser: ['much more'], proposedBy: { subject: 'greta' } },
        expect.objectContaining({ id: idsOf('acme').proposal }),
      ],
      policyChanges: [{ outcome: 'IN_FORCE', version: 1, by: { subject: 'ada' } }],
    });
    expect(await change(`confirmPolicy(proposalId: "${requestId}")`, carol, 'customer')).toMatchObject({
      ok: false,
      code: 'FORBIDDEN',
    });
  });
});
