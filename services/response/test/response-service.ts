import type { RequestAnswered, ResponseMode, TenantState } from '#contracts';
import { startWorld, type World } from '#libs/testing';
import { startDefenderStandin, startOktaStandin, type Standin } from '../../../tools/standins/src/index.js';
import { response } from '../src/response.module.js';
import { tenant } from './samples/action.js';
import { keepSecrets } from './samples/secrets-file.js';

export const CEO = 'ceo@acme.example';
/** Where nobody answers. */
export const NOWHERE = 'http://127.0.0.1:9';

/** Response on a real broker and store, with a stand-in for each vendor. */
export interface ResponseService {
  world: World;
  edr: Standin;
  idp: Standin;
  /** Brings tenants with an account at both vendors, and waits until they are known. */
  bring(tenants: Record<string, BroughtTenant>): Promise<void>;
  stateOf(tenantId: string, terms: BroughtTenant): TenantState;
  /** Proposes to suspend somebody, as a person does. @returns the action's id. */
  suspend(tenantId: string, id: string): Promise<string>;
  /** The fact of that type about the action, once it is said. */
  told<Fact extends { type: string; actionId: string }>(
    type: Fact['type'],
    tenantId: string,
    actionId: string,
  ): Promise<Fact>;
  /** What was asked about the tenant's actions and was answered, each asking once, by version of their streams. */
  requestsOf(tenantId: string): string[];
  isolations(host: string): number;
  stop(): Promise<void>;
}

export interface BroughtTenant {
  mode: ResponseMode;
  policy?: Partial<TenantState['policy']>;
  settings?: Partial<TenantState>;
}

/** @param tenants whose secrets are kept. */
export const startResponse = async (
  tenants: readonly string[],
  { virtualTime = false } = {},
): Promise<ResponseService> => {
  const edr = await startDefenderStandin({});
  const idp = await startOktaStandin({ users: [CEO, 'bo@acme.example'] });
  const kept = keepSecrets(tenants, {
    edr: { origins: [edr.url], secret: edr.secret },
    idp: { origins: [idp.url, NOWHERE], secret: idp.secret },
  });
  const world = await startWorld([response], {
    ...(virtualTime ? {} : { clock: 'real' }),
    environment: { response: kept.environment },
  });
  const stateOf: ResponseService['stateOf'] = (tenantId, { mode, policy, settings }) => ({
    ...tenant(mode, policy),
    tenantId,
    connectors: [
      { vendor: 'defender', baseUrl: edr.url, secretRef: 'edr', account: 'acme' },
      { vendor: 'okta', baseUrl: idp.url, secretRef: 'idp', account: 'acme' },
    ],
    ...settings,
  });
  return {
    world,
    edr,
    idp,
    stateOf,
    bring: async (terms) => {
      for (const [id, one] of Object.entries(terms)) await world.say(id, stateOf(id, one));
      const { length } = Object.keys(terms);
      await world.until(
        'all tenants to be known',
        () => world.services.response?.runtime.settings.all().length === length,
      );
    },
    ...askingOf(world),
    isolations: (host) => edr.callLog().filter(({ effect }) => effect === `Isolate ${host}`).length,
    stop: async () => {
      await world.stop();
      await Promise.all([edr.stop(), idp.stop()]);
      kept.forget();
    },
  };
};

const askingOf = (world: World): Pick<ResponseService, 'suspend' | 'told' | 'requestsOf'> => {
  let proposals = 0;
  return {
    suspend: async (tenantId, id) => {
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
    },
    told: <Fact extends { type: string; actionId: string }>(type: Fact['type'], tenantId: string, actionId: string) =>
      world.until(
        `${type} of ${actionId}`,
        () => world.heard<Fact>(type, tenantId).find(({ message }) => message.actionId === actionId)?.message,
      ),
    requestsOf: (tenantId) =>
      world
        .heard<RequestAnswered>('request.answered', tenantId)
        .map(({ message }) => message)
        .filter(({ requestType }) => requestType.startsWith('action.'))
        .sort((a, b) => a.version - b.version)
        .map(({ requestType }) => requestType),
  };
};
