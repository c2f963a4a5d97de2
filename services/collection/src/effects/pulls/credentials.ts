/** What lets in, of a secret that is kept: made, remembered while it holds, and shown to nobody else. */
import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import { awsSecret, regionOf, signedHeaders } from '#libs/s3';
import {
  jsonOf,
  PullTrouble,
  type PullAnswer,
  type PullAsk,
  type PullCredential,
  type PullPlace,
} from '../../pulls/puller.js';
import { refusalOf } from './ways.js';

/** Headers for a request. `expiresAt`: epoch ms. */
export interface PullPass {
  expiresAt: number;
  headersFor(ask: PullAsk, now: number): Promise<Record<string, string>> | Record<string, string>;
}

export interface PassPorts {
  place: PullPlace;
  secret: string;
  now: number;
  /** An exchange with an address that the secret may be sent to. */
  exchange(ask: PullAsk): Promise<PullAnswer>;
}

type OpenPass = (ports: PassPorts) => Promise<PullPass> | PullPass;

const fixed =
  (scheme: string): OpenPass =>
  ({ secret }) => ({
    expiresAt: Infinity,
    headersFor: () => ({ authorization: `${scheme} ${secret.trim()}` }),
  });

const idSecret = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  authority: z.string().optional(),
});
const googleSecret = z.object({
  client_email: z.string().min(1),
  private_key: z.string().min(1),
  token_uri: z.string().optional(),
});
const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number() });

/** What a secret that is JSON says. The parser's own error would quote it. */
const secretIn = <T>(shape: z.ZodType<T>, { secret, place }: PassPorts, form: string): T => {
  let value: unknown;
  try {
    value = JSON.parse(secret);
  } catch {
    value = undefined;
  }
  const read = shape.safeParse(value);
  if (!read.success) throw new PullTrouble('BAD_SECRET', `the secret ${place.settings.secretRef} is not ${form}`);
  return read.data;
};

/** A bearer token for a form of OAuth 2.0. */
const tokenFor = async ({ exchange, now }: PassPorts, url: string, form: Record<string, string>): Promise<PullPass> => {
  const answer = await exchange({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  if ([400, 401, 403].includes(answer.status))
    throw new PullTrouble('UNAUTHORIZED', `the vendor gives no token for the credential (${answer.status})`);
  const token = tokenShape.safeParse(answer.status === 200 ? jsonOf(answer.body) : undefined);
  if (!token.success) throw refusalOf(answer, undefined, now);
  const authorization = `Bearer ${token.data.access_token}`;
  return { expiresAt: now + token.data.expires_in * 1_000, headersFor: () => ({ authorization }) };
};

/** An API that is not at Microsoft's own address (a stand-in, a gateway) serves its own tokens, as with Defender. */
const authorityOf = (baseUrl: string): string => {
  const { hostname, origin } = new URL(baseUrl);
  return /(^|\.)(microsoft|office)\.com$/.test(hostname) ? 'https://login.microsoftonline.com' : origin;
};

const entra: OpenPass = (ports) => {
  const { baseUrl, account, vendor } = ports.place.settings;
  const { clientId, clientSecret, authority } = secretIn(idSecret, ports, '{"clientId","clientSecret"}');
  const resource = vendor === 'm365' ? 'https://manage.office.com' : 'https://graph.microsoft.com';
  const url = new URL(`/${encodeURIComponent(account)}/oauth2/v2.0/token`, authority ?? authorityOf(baseUrl));
  return tokenFor(ports, url.href, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${resource}/.default`,
  });
};

const READ_REPORTS = 'https://www.googleapis.com/auth/admin.reports.audit.readonly';

const google: OpenPass = async (ports) => {
  const secret = secretIn(googleSecret, ports, "a service account's key");
  const audience = secret.token_uri ?? 'https://oauth2.googleapis.com/token';
  const issuedAt = Math.floor(ports.now / 1_000);
  const assertion = await importPKCS8(secret.private_key, 'RS256')
    .then((key) =>
      new SignJWT({ scope: READ_REPORTS })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
        .setIssuer(secret.client_email)
        .setSubject(ports.place.settings.account)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 3_600)
        .sign(key),
    )
    .catch(() => {
      throw new PullTrouble('BAD_SECRET', `the key of ${ports.place.settings.secretRef} cannot sign`);
    });
  return tokenFor(ports, audience, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
};

/** AWS's Signature Version 4, of each request. */
const aws: OpenPass = (ports) => {
  const secret = secretIn(awsSecret, ports, '{"accessKeyId","secretAccessKey"}');
  const region = regionOf(ports.place.settings.baseUrl);
  return { expiresAt: Infinity, headersFor: (ask, now) => signedHeaders(secret, region, ask, now) };
};

export const passes: Readonly<Record<PullCredential, OpenPass>> = {
  ssws: fixed('SSWS'),
  bearer: fixed('Bearer'),
  entra,
  google,
  aws,
};
