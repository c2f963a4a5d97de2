import { OPERATOR } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import type { MutationOutcome } from '../src/asking/ask.js';
import { nodeId } from '../src/domain/node-id.js';
import { gateway } from '../src/gateway.module.js';
import { startDeciders, type AskedRecord, type StandInDeciders } from './deciders.js';
import { freePort, openPortal, testIssuers, type Portal, type GraphqlAnswer, type PortalName } from './portal.js';
import { factsOf, granting, idsOf, type SampleFact } from './samples/index.js';

export const OUTCOME = '{ ok code message requestId streamId id }';

/** A gateway with stand-ins for whoever decides. */
export interface RunningGateway {
  world: World;
  portal: Portal;
  deciders: StandInDeciders;
  say(tenant: string, facts: SampleFact[]): Promise<void>;
  stop(): Promise<void>;
}

/** @param settings of its configuration, beside what every test needs; `root` is its first administrator. */
export const startGateway = async (settings: Record<string, string> = {}): Promise<RunningGateway> => {
  const port = await freePort();
  const { privateKey, TOKEN_ISSUERS } = await testIssuers();
  const address = { HTTP_PORT: String(port), LISTEN_HOST: '127.0.0.1' };
  const world = await startWorld([gateway], {
    environment: { gateway: { ...address, TOKEN_ISSUERS, OPERATOR_ADMINS: 'root', ...settings } },
  });
  const deciders = await startDeciders(world);
  return {
    world,
    portal: openPortal(port, privateKey),
    deciders,
    say: async (tenant, facts) => {
      for (const { fact, envelope } of facts) await world.say(tenant, fact, envelope);
    },
    stop: async () => {
      await deciders.stop();
      await world.stop();
    },
  };
};

/** Two tenants with everything that is shown, and people of one of them. */
export interface PeopledGateway extends RunningGateway {
  /** Tokens: the lead of acme, the customer's approver, one who only looks, the administrator. */
  greta: string;
  carol: string;
  vera: string;
  root: string;
  analyst(query: string, variables?: Record<string, unknown>, token?: string): Promise<GraphqlAnswer>;
  /** A mutation, by greta unless said. */
  change(field: string, token?: string, side?: PortalName): Promise<MutationOutcome>;
  /** What was signed for a request. */
  claimOf(asked: AskedRecord | undefined): ReturnType<World['keys']['verify']>;
}

/** The case of acme, as GraphQL names it, and its stream. */
export const caseNode = nodeId('Case', 'acme', idsOf('acme').case);
export const caseStream = `case/acme/${idsOf('acme').case}`;

export const startPeopledGateway = async (): Promise<PeopledGateway> => {
  const running = await startGateway({ ANSWER_WAIT_MS: '1500' });
  const { world, portal } = running;
  const greta = await portal.token({ side: 'PROVIDER', subject: 'greta' });
  const analyst: PeopledGateway['analyst'] = (query, variables = {}, token = greta) =>
    portal.ask('analyst', token, query, variables);
  for (const tenant of ['acme', 'globex']) await running.say(tenant, factsOf(tenant));
  await running.say(OPERATOR, [
    granting('grant.given', 1, 'greta', 'LEAD', ['acme']),
    granting('grant.given', 2, 'carol', 'CUSTOMER_APPROVER', ['acme']),
    granting('grant.given', 3, 'vera', 'CUSTOMER_VIEWER', ['acme']),
  ]);
  await world.until('the case to be shown', async () => {
    const { data } = await analyst(
      `{ me { grants { role } } case(id: "${caseNode}") { version } actions { totalCount } hunts { totalCount } intake(tenant: "acme") { source } }`,
    );
    return JSON.stringify(data).includes('"version":4') && JSON.stringify(data).includes('only-acme');
  });
  return {
    ...running,
    greta,
    root: await portal.token({ side: 'PROVIDER', subject: 'root' }),
    carol: await portal.token({ side: 'CUSTOMER', subject: 'carol', tenant: 'acme' }),
    vera: await portal.token({ side: 'CUSTOMER', subject: 'vera', tenant: 'acme' }),
    analyst,
    change: async (field, token = greta, side = 'analyst') => {
      const { data, errors } = await portal.ask(side, token, `mutation { change: ${field} ${OUTCOME} }`);
      expect(errors).toBeUndefined();
      return data?.change as MutationOutcome;
    },
    claimOf: (asked) => world.keys.verify({ ...(asked as AskedRecord), now: world.clock.now() }),
  };
};
