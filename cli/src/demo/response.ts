import type { ActionState } from '#contracts';
import { isSettled, MINUTE_MS } from '#libs/terms';
import { mustBeOk, type GraphqlClient } from '../gateway/graphql-client.js';
import type { Stage } from './stage.js';
import { untilShown } from '../gateway/until-shown.js';

interface DemoAction {
  id: string;
  actionClass: string;
  state: ActionState;
  target: { id: string };
  steps: string[];
  question?: string;
  asking?: number | null;
  evidence?: string;
  /** How old the evidence is, and what is allowed the vendor. */
  observedAt?: string | null;
  lagMs?: number | null;
  unverified?: string | null;
}

const ACTIONS =
  'actions(first: 50) { edges { node { id actionClass state target { id } steps question asking evidence observedAt lagMs unverified } } }';
const actionsOf = async (client: GraphqlClient): Promise<DemoAction[]> =>
  (await client.ask<{ actions: { edges: { node: DemoAction }[] } }>(`query { ${ACTIONS} }`)).actions.edges.map(
    ({ node }) => node,
  );

const settled = (stage: Stage, tenant: string, wanted: ActionState): Promise<DemoAction[]> =>
  untilShown(`${tenant}'s actions to be ${wanted}`, async () => {
    const actions = await actionsOf(stage.customers[tenant] as GraphqlClient);
    return actions.some(({ state }) => state === wanted) && actions.every(({ state }) => isSettled(state))
      ? actions
      : undefined;
  });

const tell = (stage: Stage, actions: DemoAction[]): void => {
  for (const { actionClass, target, state, evidence, observedAt, lagMs, unverified } of actions) {
    stage.say(`    ${actionClass} ${target.id}: ${state}${unverified ? `, not verified yet (${unverified})` : ''}`);
    if (!evidence) continue;
    const allowed = lagMs ? `; ${lagMs / MINUTE_MS} minutes are allowed the vendor` : '';
    stage.say(`      ${evidence}${observedAt ? ` (as of ${observedAt}${allowed})` : ''}`);
  }
};

/** The provider acts: hosts are isolated, and the isolation is seen. */
export const watchContainment = async (stage: Stage, tenant: string): Promise<void> =>
  tell(stage, await settled(stage, tenant, 'VERIFIED'));

interface HeldCase {
  number: string;
  status: string;
  clocks: { kind: string; pausedAt?: string }[];
}
const HELD =
  'query($tenants: [ID!]) { cases(tenants: $tenants) { edges { node { number status clocks { kind pausedAt } } } } }';

/**
 * The question has reached somebody: until the customer answers the time to contain stands still, and the case is on
 * hold by itself. Nothing of it is seen where there is no way to tell anybody.
 */
export const seeHeld = async ({ analyst, say }: Stage, tenant: string): Promise<void> => {
  const { number, status, at } = await untilShown(`a case of ${tenant} to be held`, async () => {
    const { cases } = await analyst.ask<{ cases: { edges: { node: HeldCase }[] } }>(HELD, { tenants: [tenant] });
    return cases.edges
      .map(({ node }) => ({ ...node, at: node.clocks.find(({ kind }) => kind === 'CONTAIN')?.pausedAt }))
      .find((one) => one.at);
  });
  say(`    ${number} is ${status}: CONTAIN stands still since ${at ?? ''}`);
};

/** The customer is asked, agrees in its portal, and only then the account is suspended. */
export const agree = async (stage: Stage, tenant: string): Promise<void> => {
  const client = stage.customers[tenant] as GraphqlClient;
  const asked = await untilShown(`${tenant} to be asked`, async () => {
    const waiting = (await actionsOf(client)).filter(({ state }) => state === 'AWAITING_APPROVAL');
    return waiting.length ? waiting : undefined;
  });
  for (const { id, question, asking } of asked) {
    stage.say(`    asked: ${question}`);
    mustBeOk(
      await client.change(
        'mutation($id: ID!, $asking: Int) { approveAction(id: $id, asking: $asking, comment: "D’accord, allez-y.") OUTCOME }',
        { id, asking },
      ),
      'the approval',
    );
    stage.say('    agreed');
  }
  tell(stage, await settled(stage, tenant, 'VERIFIED'));
};

/** The customer is guided, acts itself, and says so. */
export const follow = async (stage: Stage, tenant: string): Promise<void> => {
  const client = stage.customers[tenant] as GraphqlClient;
  const guided = (await settled(stage, tenant, 'GUIDED')).filter(({ state }) => state === 'GUIDED');
  for (const { id, steps } of guided) {
    for (const step of steps) stage.say(`    ${step}`);
    mustBeOk(
      await client.change('mutation($id: ID!) { markActionDone(id: $id, comment: "切り離しました。") OUTCOME }', {
        id,
      }),
      'marking as done',
    );
  }
  tell(stage, await settled(stage, tenant, 'DONE_BY_CUSTOMER'));
};
