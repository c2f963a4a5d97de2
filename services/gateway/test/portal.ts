import { once } from 'node:events';
import { createServer } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';

export type PortalName = 'analyst' | 'customer';

/** Who asks, in a test. */
export type PortalUser = { side: 'PROVIDER'; subject: string } | { side: 'CUSTOMER'; subject: string; tenant: string };

export interface GraphqlAnswer {
  status: number;
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string; correlationId?: string } }[];
}

/** Signs tokens and asks the gateway, as any client would. */
export interface Portal {
  token(who: PortalUser, claims?: { audience?: string; expiresIn?: string; key?: CryptoKey }): Promise<string>;
  ask(
    endpoint: PortalName,
    token: string | undefined,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<GraphqlAnswer>;
  get(path: string, token?: string): Promise<Response>;
  socket(endpoint: PortalName): string;
}

const ISSUER = { PROVIDER: 'urn:test:operator', CUSTOMER: 'urn:test:customer:' } as const;

/** What the gateway is told of the issuers of a test, beside its base block. */
export const testIssuers = async () => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'people' }] };
  const TOKEN_ISSUERS = JSON.stringify([
    { issuer: ISSUER.PROVIDER, side: 'PROVIDER', jwks },
    { issuer: `${ISSUER.CUSTOMER}*`, side: 'CUSTOMER', jwks },
  ]);
  return { privateKey, TOKEN_ISSUERS };
};

/** A port nobody listens on at this moment. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

export const openPortal = (port: number, key: CryptoKey): Portal => ({
  token: (who, { audience = 'vigie', expiresIn = '1h', key: other } = {}) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA', kid: 'people' })
      .setIssuer(who.side === 'PROVIDER' ? ISSUER.PROVIDER : `${ISSUER.CUSTOMER}${who.tenant}`)
      .setSubject(who.subject)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(expiresIn)
      .sign(other ?? key),
  ask: async (endpoint, token, query, variables = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/${endpoint}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Omit<GraphqlAnswer, 'status'>) };
  },
  get: (path, token) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} }),
  socket: (endpoint) => `ws://127.0.0.1:${port}/${endpoint}/graphql`,
});
