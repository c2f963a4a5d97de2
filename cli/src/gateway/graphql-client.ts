import { Fault, Refused } from '#libs/model';
import { pause } from '#stack';
import { untilShown } from './until-shown.js';

export interface GraphqlClient {
  /** @throws Refused with the server's own words when the answer holds errors. */
  ask<Answer>(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** A mutation field that answers an Outcome; waits for PENDING ones by asking `request(id)`. */
  change(mutation: string, variables?: Record<string, unknown>): Promise<ClientOutcome>;
}

export interface ClientOutcome {
  ok: boolean;
  code: string;
  message: string;
  requestId: string;
  streamId?: string;
  id?: string;
}

const OUTCOME = '{ ok code message requestId streamId id }';
const PATIENCE_MS = 60_000;
const AGAIN_MS = 250;

const isOutcome = (value: unknown): value is ClientOutcome =>
  typeof value === 'object' && value !== null && 'requestId' in value;

interface RequestAnswer {
  request: { outcome: string; code: string; message: string; streamId?: string } | null;
}

const settled = async (client: Pick<GraphqlClient, 'ask'>, pending: ClientOutcome): Promise<ClientOutcome> => {
  const look = async (): Promise<RequestAnswer['request']> =>
    (
      await client.ask<RequestAnswer>('query($id: ID!) { request(id: $id) { outcome code message streamId } }', {
        id: pending.requestId,
      })
    ).request;
  try {
    const { outcome, ...told } = await untilShown('the answer', look, PATIENCE_MS);
    return { ...pending, streamId: undefined, ...told, ok: ['DONE', 'UNCHANGED'].includes(outcome) };
  } catch (error) {
    if (error instanceof Fault) return pending;
    throw error;
  }
};

/** @throws Refused when nobody answers there. */
const reaching = async (url: string, call: () => Promise<Response>): Promise<Response> => {
  try {
    return await call();
  } catch (error) {
    throw new Refused(
      `the gateway does not answer at ${url} (${error instanceof Error ? error.message : String(error)}): is it running? npm run vigie -- up`,
      'NO_GATEWAY',
    );
  }
};

/** @throws Refused when there is no such tenant, or one may not see it. */
export const mustKnow = async ({ ask }: Pick<GraphqlClient, 'ask'>, tenant: string): Promise<void> => {
  const { tenant: found } = await ask<{ tenant: { id: string } | null }>(
    'query($tenant: ID!) { tenant(id: $tenant) { id } }',
    { tenant },
  );
  if (!found) throw new Refused(`there is no tenant ${tenant}`, 'NO_TENANT');
};

/** Asks again while the gateway says that it could not answer in time. What changes something is asked once. */
const answered = async <Answer>(query: string, ask: () => Promise<Answer>): Promise<Answer> => {
  for (const end = Date.now() + PATIENCE_MS; ; )
    try {
      return await ask();
    } catch (error) {
      const isLate = error instanceof Refused && error.code === 'UNAVAILABLE';
      if (!isLate || /^\s*mutation\b/.test(query) || Date.now() > end) throw error;
      await pause(AGAIN_MS);
    }
};

/** A client of one of the gateway's two schemas, as any stranger would write it. */
export const graphqlClient = (url: string, token: string): GraphqlClient => {
  const askOnce = async <Answer>(query: string, variables: Record<string, unknown> = {}): Promise<Answer> => {
    const response = await reaching(url, () =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(30_000),
      }),
    );
    const { data, errors } = (await response.json()) as {
      data?: Answer;
      errors?: { message: string; extensions?: { code?: string } }[];
    };
    if (errors?.length) throw new Refused(errors.map(({ message }) => message).join('; '), errors[0]?.extensions?.code);
    if (!data) throw new Refused(`${url} answered ${response.status} without data`, 'NO_DATA');
    return data;
  };
  const ask: GraphqlClient['ask'] = (query, variables) => answered(query, () => askOnce(query, variables));
  const change: GraphqlClient['change'] = async (mutation, variables) => {
    const answer = await ask<Record<string, unknown>>(mutation.replace('OUTCOME', OUTCOME), variables);
    const outcome = Object.values(answer)[0];
    if (!isOutcome(outcome)) throw new Refused('the mutation does not answer an Outcome', 'NO_OUTCOME');
    return outcome.code === 'PENDING' ? settled({ ask }, outcome) : outcome;
  };
  return { ask, change };
};

/** @throws Refused unless the outcome is ok. */
export const mustBeOk = (outcome: ClientOutcome, what: string): ClientOutcome => {
  if (!outcome.ok) throw new Refused(`${what}: ${outcome.message || outcome.code}`, outcome.code);
  return outcome;
};
