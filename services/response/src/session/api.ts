import type { Connector } from '#contracts';
import type {
  VendorApi,
  VendorCall,
  ResponseConnector,
  Credential,
  VendorEndpoint,
  ConnectorPorts,
} from '../connectors/connector.js';
import { isUrl } from '#libs/terms';
import { type ConnectorError, OutcomeUnknown, Unsupported, VendorRefused, VendorUnavailable } from './errors.js';
import { NotSent, type HttpAnswer } from '#libs/outbound';

const CALL_TIMEOUT_MS = 15_000;
const MAX_WAIT_MS = 60_000;
const LOGIN_MARGIN_MS = 60_000;

/** Opens a tenant's account at a vendor. Keep it: it holds the credential until that expires. */
export const openApi = (connector: ResponseConnector, config: Connector, ports: ConnectorPorts): VendorApi => {
  let credential: Credential | undefined;
  const authorization = async (signal?: AbortSignal): Promise<string> => {
    if (!credential || credential.expiresAt - LOGIN_MARGIN_MS <= ports.clock.now())
      credential = await connector.logIn(config, ports, signal);
    return credential.authorization;
  };

  const call = async <Answer>(
    endpoint: VendorEndpoint<Answer>,
    { at = {}, query = {}, body, mark, signal }: VendorCall = {},
  ): Promise<Answer> => {
    const url = urlOf(config.baseUrl, endpoint.path, at, query);
    const giveUpAt = ports.clock.now() + MAX_WAIT_MS;
    let mayLogInAgain = true;
    for (;;) {
      const headers = {
        accept: 'application/json',
        authorization: await authorization(signal),
        ...(mark === undefined ? {} : { 'user-agent': mark }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const answer = await exchange(
        ports,
        endpoint,
        { url, headers, body: body === undefined ? undefined : JSON.stringify(body) },
        signal,
      );
      // 401 and 429 are given before anything is done: these two may be sent again.
      if (answer.status === 401 && mayLogInAgain) {
        mayLogInAgain = false;
        credential = undefined;
      } else if (answer.status === 429) {
        await waitForTurn(connector, ports, answer, giveUpAt, signal);
      } else {
        return understand(connector, endpoint, answer);
      }
    }
  };
  return { config, clock: ports.clock, call };
};

const urlOf = (baseUrl: string, path: string, at: Record<string, string>, query: Record<string, string>): URL => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(at[name] ?? ''));
  if (/\/(\.{0,2})(\/|$)/.test(filled)) throw new Unsupported(`${path} cannot be filled with what was given`);
  const address = baseUrl.replace(/\/+$/, '') + filled;
  if (!isUrl(address)) throw new VendorUnavailable("the connector's base address is no URL");
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
};

/** One request under the time limit, with the failure named by what it means for the outcome. */
export const exchange = async (
  { http, timeoutMs = CALL_TIMEOUT_MS }: ConnectorPorts,
  { method, acts, path }: Pick<VendorEndpoint, 'method' | 'acts' | 'path'>,
  request: { url: URL; headers: Record<string, string>; body?: string },
  signal?: AbortSignal,
): Promise<HttpAnswer> => {
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    return await http({ method, ...request, signal: signal ? AbortSignal.any([signal, limit]) : limit });
  } catch (error) {
    const why = limit.aborted
      ? `no answer within ${timeoutMs} ms`
      : error instanceof Error
        ? error.message
        : String(error);
    if (acts && !(error instanceof NotSent)) throw new OutcomeUnknown(`${method} ${path}: ${why}`, { cause: error });
    throw new VendorUnavailable(`${method} ${path}: ${why}`, { cause: error });
  }
};

const waitForTurn = async (
  connector: ResponseConnector,
  { clock }: ConnectorPorts,
  { headers }: HttpAnswer,
  giveUpAt: number,
  signal?: AbortSignal,
): Promise<void> => {
  const now = clock.now();
  const turn = retryAfter(headers['retry-after'], now) ?? connector.retryAt?.(headers) ?? now + 1_000;
  if (turn > giveUpAt)
    throw new VendorUnavailable(`the vendor's rate limit holds for another ${Math.ceil((turn - now) / 1_000)} s`);
  await clock.sleep(Math.max(turn - now, 100), signal);
};

/** Seconds or an HTTP date -> epoch ms. */
const retryAfter = (value: string | undefined, now: number): number | undefined => {
  if (!value) return undefined;
  const at = /^\d+$/.test(value) ? now + Number(value) * 1_000 : Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
};

const understand = <Answer>(
  connector: ResponseConnector,
  endpoint: VendorEndpoint<Answer>,
  { status, text }: HttpAnswer,
): Answer => {
  const what = `${endpoint.method} ${endpoint.path}`;
  const lost = (why: string): ConnectorError =>
    endpoint.acts ? new OutcomeUnknown(`${what}: ${why}`) : new VendorUnavailable(`${what}: ${why}`);
  if (status >= 500) throw lost(`the vendor answered ${status}`);
  const body = json(text);
  if (status >= 400) throw refusal(connector, what, status, body);
  // A redirect of an acting call was not followed, so nothing was done.
  if (status >= 300) throw new VendorUnavailable(`${what}: redirected (${status}), which is not followed`);
  const answer = endpoint.answer.safeParse(body);
  if (!answer.success)
    throw lost(
      `the answer is not of the published shape (${answer.error.issues[0]?.path.join('.') ?? ''}: ${answer.error.issues[0]?.message ?? ''})`,
    );
  return answer.data;
};

const refusal = (connector: ResponseConnector, what: string, status: number, body: unknown): ConnectorError => {
  const { code, message, unsupported } = connector.explain(body);
  const sentence = `${what}: ${status}${code && ` ${code}`}${message && `, ${message}`}`;
  return unsupported ? new Unsupported(sentence) : new VendorRefused(status, code, sentence);
};

const json = (text: string): unknown => {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
