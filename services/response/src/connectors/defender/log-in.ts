import type { Connector } from '#contracts';
import { z } from 'zod';
import { exchange } from '../../session/api.js';
import type { Credential, ConnectorPorts } from '../connector.js';
import { VendorRefused, VendorUnavailable } from '../../session/errors.js';

/**
 * The secret is JSON; `authority` only where tokens come from elsewhere than usual: it must be one of the secret's
 * origins, as where it comes from usually must.
 */
const secretShape = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  authority: z.string().optional(),
});
const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number() });

const SCOPE = 'https://api.securitycenter.microsoft.com/.default';

/** OAuth 2.0 client credentials at Microsoft Entra ID. */
export const logIn = async (config: Connector, ports: ConnectorPorts, signal?: AbortSignal): Promise<Credential> => {
  const secret = await readSecret(config, ports);
  const path = `/${encodeURIComponent(config.account)}/oauth2/v2.0/token`;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: secret.clientId,
    client_secret: secret.clientSecret,
    scope: SCOPE,
  });
  const request = {
    url: new URL(path, secret.authority ?? authorityOf(config)),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
  };
  const { status, text } = await exchange(
    ports,
    { method: 'POST', path: '/oauth2/v2.0/token', acts: false },
    request,
    signal,
  );
  if (status >= 400 && status < 500)
    throw new VendorRefused(status, 'login', `the vendor refused the credential ${config.secretRef} (${status})`);
  const token = tokenShape.safeParse(parse(text));
  if (status !== 200 || !token.success)
    throw new VendorUnavailable(`no token for ${config.secretRef}: the vendor answered ${status}`);
  return {
    authorization: `Bearer ${token.data.access_token}`,
    expiresAt: ports.clock.now() + token.data.expires_in * 1_000,
  };
};

const readSecret = async (config: Connector, ports: ConnectorPorts): Promise<z.infer<typeof secretShape>> => {
  const secret = secretShape.safeParse(parse(await ports.secrets(config.secretRef)));
  // The parser's own error would quote the secret.
  if (!secret.success) throw new VendorUnavailable(`the secret ${config.secretRef} is not {"clientId","clientSecret"}`);
  return secret.data;
};

/** An API that is not at Microsoft's own address (a gateway in front of it, a stand-in) serves its own tokens. */
const authorityOf = ({ baseUrl }: Connector): string => {
  const { hostname, origin } = new URL(baseUrl);
  if (/(^|\.)microsoft\.us$/.test(hostname)) return 'https://login.microsoftonline.us';
  return /(^|\.)(microsoft|windows)\.com$/.test(hostname) ? 'https://login.microsoftonline.com' : origin;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
