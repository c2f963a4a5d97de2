import type {
  ActionRequest,
  ActionFact,
  ActionProposed,
  ActionStarted,
  Asset,
  ActionPropose,
  TenantState,
} from '#contracts';
import { Refused, type Actor } from '#libs/model';
import { createEgress, createHttp } from '#libs/outbound';
import { testContext } from '#libs/testing';
import { connectorOf } from '../../services/response/src/connectors/index.js';
import {
  identifyTarget,
  openSession,
  systemClock,
  type VendorSession,
} from '../../services/response/src/session/index.js';
import { actionStream } from '../../services/response/src/domain/action/decider.js';
import { at, propose, tenant } from '../../services/response/test/samples/action.js';
import type { Standin } from '../../tools/standins/src/index.js';

export const SYSTEM: Actor = { subject: 'response', side: 'SYSTEM' };
export const ADA: Actor = { subject: 'ada', side: 'PROVIDER' };
export const ZOE: Actor = { subject: 'zoe', side: 'CUSTOMER' };

/** One action, decided on as the service does, without the service. */
export interface LivedAction {
  /** @returns what was committed; nothing when it was refused. */
  ask(request: ActionRequest, by?: Actor): ActionFact[];
  facts(): ActionFact[];
  /** What was begun at the vendor, undoings included. */
  started(): ActionStarted[];
  settings: TenantState;
}

export const lifeIn = (settings: TenantState): LivedAction => {
  const all: ActionFact[] = [];
  const life: LivedAction = {
    settings,
    facts: () => all,
    started: () => all.filter((fact) => fact.type === 'action.started'),
    ask: (request, actor = SYSTEM) => {
      const state = all.reduce(actionStream.evolve, actionStream.initial());
      try {
        const commit = actionStream.decide(request, state, { ...testContext, actor, now: at, settings: life.settings });
        all.push(...commit);
        return commit;
      } catch (error) {
        if (error instanceof Refused) return [];
        throw error;
      }
    },
  };
  return life;
};

export const settingsWith = (
  mode: TenantState['policy']['mode'],
  policy: Partial<TenantState['policy']> = {},
  assets: Asset[] = [],
): TenantState => ({ ...tenant(mode, policy), assets });
export const assetOf = (group: string, ...hostnames: string[]): Asset => ({
  assetId: `${group}-${hostnames[0]}`,
  hostnames,
  criticality: 'HIGH',
  owner: '',
  unit: '',
  exposure: '',
  groups: [group],
});

export const proposal = (actionClass: string, id: string, more: Partial<ActionPropose> = {}): ActionPropose => {
  const kind = actionClass.endsWith('host') ? 'HOST' : 'USER';
  return {
    ...propose,
    actionClass,
    target: { kind, id, entity: `${kind.toLowerCase()}:${id.toLowerCase()}` },
    ...more,
  };
};

/** The vendor says who the target is: `m1` for every name, unless it is told otherwise. */
export const tell = (life: LivedAction, vendorId = 'm1', names: string[] = []): ActionFact[] => {
  const asked = life.facts().findLast((fact) => fact.type === 'action.identity-requested');
  return life.ask({
    type: 'action.record-identity',
    actionId: 'a1',
    asking: asked?.asking ?? 0,
    outcome: 'FOUND',
    vendor: 'defender',
    vendorId,
    name: names[0] ?? vendorId,
    names: [vendorId, ...names],
    detail: '',
    at,
  });
};

/** A session at a stand-in, as the service opens it. */
export const sessionAt = (vendor: 'defender' | 'okta', { url, secret }: Standin): VendorSession => {
  const connector = connectorOf(vendor);
  if (!connector) throw new Error(`there is no connector ${vendor}`);
  const outside = {
    connect: (origins: readonly string[]) => createHttp(createEgress({ allow: ['127.0.0.1'], origins })),
    clock: systemClock,
    keep: () => ({ secret, origins: [new URL(url).origin] }),
  };
  return openSession(connector, { vendor, baseUrl: url, secretRef: 'x', account: 'acme' }, outside);
};

/** Proposes, and has the real connector ask who that is. @returns what was begun. */
export const proposeAt = async (
  session: VendorSession,
  life: LivedAction,
  request: ActionPropose,
): Promise<ActionStarted | undefined> => {
  life.ask(request);
  const proposed = life.facts().find((fact): fact is ActionProposed => fact.type === 'action.proposed');
  if (!proposed || life.facts().at(-1)?.type !== 'action.identity-requested') return life.started()[0];
  const told = await identifyTarget(session, request.actionClass, proposed.target);
  life.ask({ type: 'action.record-identity', actionId: 'a1', asking: 1, vendor: session.vendor, ...told, at });
  return life.started()[0];
};
