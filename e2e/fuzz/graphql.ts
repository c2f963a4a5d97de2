import fc from 'fast-check';
import { OPERATOR } from '#libs/terms';
import type { World } from '#libs/testing';
import { factsOf, granting } from '../../services/gateway/test/samples/index.js';
import { signToken } from '../../cli/src/index.js';
import { reachOf } from '../attacking/worlds.js';
import { changedText, edits } from './bytes.js';
import { excessive, goodDocuments, spoilt, type EndpointName } from './documents.js';
import type { Fuzz } from './fuzz.js';

const TENANT = 'fuzzed';
/** Many people ask, so that no bound of one of them ends the run. */
const PEOPLE = 40;
const MOST_MS = 10_000;
const MOST_BYTES = 4 * 1_024 * 1_024;
const OURS = /"code":"INTERNAL/;

type GraphqlFuzzAsk = (
  endpoint: EndpointName,
  body: string,
  type?: string,
) => Promise<{ status: number; text: string }>;

/**
 * One who may look, at the provider and at the customer: whatever a document asks to change is refused before it is put
 * to anybody.
 */
const people = async (world: World): Promise<Record<EndpointName, string[]>> => {
  const { issuer } = reachOf(world);
  for (const { fact, envelope } of factsOf(TENANT)) await world.say(TENANT, fact, envelope);
  const subjects = Array.from({ length: PEOPLE }, (_, index) => `fuzz${index}`);
  for (const [index, subject] of subjects.entries()) {
    for (const [way, role] of (['HUNTER', 'CUSTOMER_VIEWER'] as const).entries()) {
      const { fact, envelope } = granting(
        'grant.given',
        1_000 + index * 2 + way,
        way ? `customer-${subject}` : subject,
        role,
        [TENANT],
      );
      await world.say(OPERATOR, fact, envelope);
    }
  }
  return {
    analyst: await Promise.all(subjects.map((subject) => signToken(issuer.secret, { kind: 'operator', subject }))),
    customer: await Promise.all(
      subjects.map((subject) =>
        signToken(issuer.secret, { kind: 'customer', tenant: TENANT, subject: `customer-${subject}` }),
      ),
    ),
  };
};

const asking = (url: string, tokens: Record<EndpointName, string[]>): GraphqlFuzzAsk => {
  let turn = 0;
  return async (endpoint, body, type = 'application/json') => {
    turn += 1;
    const began = performance.now();
    const response = await fetch(`${url}/${endpoint}/graphql`, {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${tokens[endpoint][turn % PEOPLE]}` },
      body,
      signal: AbortSignal.timeout(MOST_MS * 2),
    });
    const text = await response.text();
    const took = performance.now() - began;
    if (took > MOST_MS) throw new Error(`answered after ${Math.round(took)} ms`);
    return { status: response.status, text };
  };
};

/** @throws Error for an answer that is our own fault, or larger than any page. */
const judge = ({ status, text }: { status: number; text: string }): void => {
  if (status >= 500 || OURS.test(text)) throw new Error(`answered ${status}: ${text.slice(0, 500)}`);
  if (text.length > MOST_BYTES) throw new Error(`answered ${text.length} bytes`);
};

const endpoint = fc.constantFrom<EndpointName>('analyst', 'customer');
const variables = fc.oneof(
  fc.dictionary(fc.constantFrom('x', 'id', 'after', 'first', '__proto__'), fc.jsonValue({ maxDepth: 3 }), {
    maxKeys: 4,
  }),
  fc.jsonValue({ maxDepth: 2 }),
);
const rest = fc.dictionary(
  fc.constantFrom('operationName', 'extensions', 'query', 'id', 'documentId'),
  fc.jsonValue({ maxDepth: 2 }),
  { maxKeys: 1 },
);

const saidWell = async (ask: GraphqlFuzzAsk, world: World): Promise<void> => {
  await world.until(
    'the things of the tenant to be shown',
    async () =>
      (
        await ask(
          'analyst',
          JSON.stringify({ query: '{ cases { totalCount } hunts { totalCount } reports { totalCount } }' }),
        )
      ).text.match(/"totalCount":1/g)?.length === 3,
  );
};

/** The gateway's two endpoints, with documents, variables and bodies that nobody should send. */
export const graphqlFuzz: Fuzz = {
  name: 'graphql',
  runs: 400,
  run: async ({ runs, seed }, given) => {
    const world = await given.world('gateway');
    const ask = asking(reachOf(world).gatewayUrl, await people(world));
    await saidWell(ask, world);
    const good = { analyst: goodDocuments('analyst', TENANT), customer: goodDocuments('customer', TENANT) };
    const documents = endpoint.chain((at) => spoilt(good[at]).map((query) => ({ at, query })));
    await fc.assert(
      fc.asyncProperty(documents, variables, rest, async ({ at, query }, values, more) =>
        judge(await ask(at, JSON.stringify({ query, variables: values, ...more }))),
      ),
      { numRuns: runs, seed },
    );
    const few = { numRuns: Math.ceil(runs / 6), seed };
    await fc.assert(
      fc.asyncProperty(
        documents,
        edits,
        fc.constantFrom('application/json', 'application/graphql', 'text/plain', 'application/json; charset=utf-16'),
        async ({ at, query }, changes, type) =>
          judge(await ask(at, changedText(JSON.stringify({ query }), changes), type)),
      ),
      few,
    );
    await fc.assert(
      fc.asyncProperty(endpoint, excessive, async (at, query) => {
        const answer = await ask(at, JSON.stringify({ query }));
        judge(answer);
        if (answer.status < 400)
          throw new Error(`a document beyond all limits was answered: ${answer.text.slice(0, 200)}`);
      }),
      { ...few, numRuns: Math.ceil(runs / 20) },
    );
    await saidWell(ask, world);
  },
};
