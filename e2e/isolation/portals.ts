import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { rootField, rootFields, selectionOf } from '../../services/gateway/test/selection.js';
import { analystSurface, customerSurface, type FieldAttempt } from '../../services/gateway/test/surface.js';
import { schemaOf, type EndpointName } from '../fuzz/documents.js';
import type { Cast } from './cast.js';
import type { SurfacePiece, SearchedSurface } from './surface.js';

const SURFACES = { analyst: analystSurface, customer: customerSurface };
const ENDPOINTS: EndpointName[] = ['analyst', 'customer'];
const OUTCOME = '{ ok code message requestId streamId id }';
const schemas = { analyst: schemaOf('analyst'), customer: schemaOf('customer') };

export interface PortalUrls {
  analyst: string;
  customer: string;
}

const tokenOf = (endpoint: EndpointName, { leadToken, adminToken }: Cast): string =>
  endpoint === 'analyst' ? leadToken : adminToken;

const documentOf = (endpoint: EndpointName, path: string, { args, as }: FieldAttempt): string => {
  const [root = '', name = ''] = path.split('.');
  return `${root.toLowerCase()} { ${name}${args ? `(${args})` : ''} ${root === 'Mutation' ? OUTCOME : selectionOf(schemas[endpoint], rootField(schemas[endpoint], path), as)} }`;
};

interface AskedPortal {
  data?: Record<string, { ok?: boolean } | null> | null;
  errors?: unknown;
}

const ask = async (url: string, token: string, query: string): Promise<AskedPortal> =>
  (await (
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(30_000),
    })
  ).json()) as AskedPortal;

/** One tenant's people at one tenant's things. */
const attempt = async (
  url: string,
  endpoint: EndpointName,
  path: string,
  who: Cast,
  whose: Cast,
): Promise<SurfacePiece[]> => {
  const own = who === whose;
  const { tenant } = who.marked;
  const [root, name = ''] = path.split('.');
  // Their own things are not changed: what is looked at is how things are.
  if (root === 'Mutation' && own) return [];
  const attempts = SURFACES[endpoint][path]?.(whose.marked.tenant) ?? [];
  return Promise.all(
    attempts.map(async (one, way): Promise<SurfacePiece> => {
      const answer = await ask(url, tokenOf(endpoint, who), documentOf(endpoint, path, one));
      const done = root === 'Mutation' && !one.general && answer.data?.[name]?.ok;
      const failed =
        own && answer.errors ? `could not be looked at: ${JSON.stringify(answer.errors).slice(0, 200)}` : undefined;
      return {
        where: `way ${way + 1}, ${tenant} at what is of ${whose.marked.tenant}`,
        scope: { tenant },
        content: answer,
        // What was asked for may be said again, without telling anything.
        mayName: !own,
        wrong: done ? `was done for ${tenant}` : failed,
      };
    }),
  );
};

const fieldSurface = async (
  urls: PortalUrls,
  endpoint: EndpointName,
  path: string,
  casts: readonly Cast[],
): Promise<SearchedSurface> => {
  const pieces: SurfacePiece[] = SURFACES[endpoint][path]
    ? []
    : [
        {
          where: path,
          scope: 'NOBODY',
          content: '',
          wrong: 'this field has no line in services/gateway/test/surface.ts',
        },
      ];
  for (const who of casts) {
    for (const whose of casts) pieces.push(...(await attempt(urls[endpoint], endpoint, path, who, whose)));
  }
  return { kind: 'graphql', name: `${endpoint} ${path}`, pieces };
};

/** Every root field of both schemas, asked by each tenant's people for their own and for the other's. */
export const graphqlSurfaces = async (urls: PortalUrls, casts: readonly Cast[]): Promise<SearchedSurface[]> => {
  const found: SearchedSurface[] = [];
  for (const endpoint of ENDPOINTS) {
    const paths = rootFields(schemas[endpoint]).filter((one) => !one.startsWith('Subscription'));
    for (const path of paths) found.push(await fieldSurface(urls, endpoint, path, casts));
  }
  return found;
};

/** Listens to every subscription for each tenant's people, from now on. */
export const listenToAll = (
  urls: PortalUrls,
  casts: readonly Cast[],
): { surfaces(): SearchedSurface[]; stop(): Promise<void> } => {
  const clients: Client[] = [];
  const heard = new Map<string, SurfacePiece[]>();
  for (const endpoint of ENDPOINTS) {
    for (const path of rootFields(schemas[endpoint]).filter((one) => one.startsWith('Subscription'))) {
      const pieces: SurfacePiece[] = [];
      heard.set(`${endpoint} ${path}`, pieces);
      for (const who of casts) {
        const { tenant } = who.marked;
        const client = createClient({
          url: urls[endpoint].replace(/^http/, 'ws'),
          webSocketImpl: WebSocket,
          retryAttempts: 3,
          lazy: false,
          connectionParams: { authorization: `Bearer ${tokenOf(endpoint, who)}` },
        });
        clients.push(client);
        client.subscribe(
          { query: documentOf(endpoint, path, {}) },
          {
            next: (content) =>
              void pieces.push({ where: `message ${pieces.length + 1} to ${tenant}`, scope: { tenant }, content }),
            error: () => undefined,
            complete: () => undefined,
          },
        );
      }
    }
  }
  return {
    surfaces: () => [...heard].map(([name, pieces]) => ({ kind: 'graphql' as const, name, pieces: [...pieces] })),
    stop: async () => void (await Promise.all(clients.map((client) => client.dispose()))),
  };
};
