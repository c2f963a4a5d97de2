import type { ActionTarget } from '#contracts';
import { createEgress, createHttp, type Http, type HttpRequest } from '#libs/outbound';
import type {
  PausingClock,
  ResponseConnector,
  VendorEndpoint,
  SessionPorts,
  IdentifiedTarget,
} from '../../src/connectors/connector.js';
import { identifyTarget } from '../../src/session/identify.js';
import { openSession, type VendorSession } from '../../src/session/open.js';

/** What the suite needs of a stand-in; `tools/standins` has it. */
export interface StandinUnderTest {
  url: string;
  secret: string;
  callLog(): { method: string; path: string; effect?: string }[];
  misbehave(
    mode:
      | 'honest'
      | 'lie'
      | 'hang'
      | 'rate-limit'
      | 'act-then-fail'
      | 'slow'
      | 'mute'
      | 'late'
      | 'linger'
      | 'behind'
      | 'offline'
      | 'quiet'
      | 'misread',
    options?: { times?: number; slowMs?: number; byMs?: number; reset?: boolean },
  ): void;
  stop(): Promise<void>;
}

export interface ConformanceSubject {
  connector: ResponseConnector;
  /** Starts a fresh stand-in on the given virtual time. */
  start(options: { now: () => number; adopt?: boolean }): Promise<StandinUnderTest>;
  target: ActionTarget;
}

/** A stand-in, a session on it in virtual time, and a record of what went over the wire. */
export interface ConnectorRig {
  standin: StandinUnderTest;
  session: VendorSession;
  clock: PausingClock;
  effects(): string[];
  exchanges: { endpoint: VendorEndpoint; status: number; body: unknown }[];
  stop(): Promise<void>;
}

export interface ConnectorRigOptions {
  adopt?: boolean;
  timeoutMs?: number;
  secret?: string;
  /** The secret's origins; that of the stand-in when absent. */
  keptFor?: string[];
  /** The base address of the tenant's settings, made of the stand-in's; that one when absent. */
  baseUrl?: (standin: string) => string;
  /** Stands between the connector and the network. */
  tamper?: (http: Http, standin: StandinUnderTest, endpoint: VendorEndpoint | undefined) => Http;
}

export const openRig = async (
  { connector, start }: ConformanceSubject,
  { adopt, timeoutMs = 10_000, secret, keptFor, baseUrl, tamper }: ConnectorRigOptions = {},
): Promise<ConnectorRig> => {
  const clock = virtualClock();
  const standin = await start({ now: clock.now, adopt });
  const exchanges: ConnectorRig['exchanges'] = [];
  const connect: SessionPorts['connect'] = (reachable) => async (request) => {
    const wire = createHttp(createEgress({ allow: ['127.0.0.1'], origins: reachable }));
    const endpoint = endpointOf(connector, request);
    const answer = await (tamper ? tamper(wire, standin, endpoint) : wire)(request);
    if (endpoint && answer.text && !tamper)
      exchanges.push({ endpoint, status: answer.status, body: JSON.parse(answer.text) as unknown });
    return answer;
  };
  const origins = [new URL(standin.url).origin];
  const outside: SessionPorts = {
    connect,
    clock,
    keep: () => ({ secret: secret ?? standin.secret, origins: keptFor ?? origins }),
    timeoutMs,
  };
  const account = {
    vendor: connector.vendor,
    baseUrl: baseUrl?.(standin.url) ?? standin.url,
    secretRef: 'test',
    account: '11111111-2222-3333-4444-555555555555',
  };
  const session = openSession(connector, account, outside);
  return {
    standin,
    session,
    clock,
    exchanges,
    effects: () => standin.callLog().flatMap(({ effect }) => effect ?? []),
    stop: () => standin.stop(),
  };
};

/** Time passes only by sleeping. */
export const virtualClock = (start = Date.UTC(2026, 10, 2, 9)): PausingClock => {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      now += ms;
    },
  };
};

const endpointOf = ({ endpoints }: ResponseConnector, { method, url }: HttpRequest): VendorEndpoint | undefined =>
  endpoints.find(
    (endpoint) =>
      endpoint.method === method && new RegExp(`^${endpoint.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(url.pathname),
  );

/** Properties of an answer that the vendor does not document. */
export const unpublished = (endpoint: VendorEndpoint, body: unknown): string[] => {
  const items = Array.isArray(body) ? body : isRecord(body) && Array.isArray(body.value) ? body.value : [body];
  const known = new Set(['@odata.context', ...endpoint.published]);
  return items.flatMap((item) => (isRecord(item) ? Object.keys(item).filter((name) => !known.has(name)) : []));
};

/** Whom the vendor knows under a name, asked as any action would; somebody it does not know where it does not tell. */
export const identifiedBy = async ({ session }: ConnectorRig, target: ActionTarget): Promise<IdentifiedTarget> => {
  const actionClass = target.kind === 'HOST' ? 'isolate-host' : 'suspend-user';
  const { outcome, vendorId, name } = await identifyTarget(session, actionClass, target);
  return { kind: target.kind, ...(outcome === 'FOUND' ? { vendorId, name } : { vendorId: 'nobody', name: target.id }) };
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
