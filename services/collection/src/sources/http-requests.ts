import type { Ocsf, Observable } from '#contracts';
import { isIP } from 'node:net';
import { compact, observablesOf, type OcsfClass } from './ocsf.js';
import { ipOf, portOf } from './json-values.js';
import type { TaxonomyView } from './taxonomy.js';

const METHODS = new Map(
  ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'TRACE'].map((method, place) => [method, place + 1]),
);

/** OCSF's HTTP activity; the activity is the method, unknown where there is none. */
export const httpClass = (method: string | undefined): OcsfClass => ({
  classUid: 4002,
  activityId: method === undefined ? 0 : (METHODS.get(method.toUpperCase()) ?? 99),
});

/** An address with its scheme and host; undefined without a host. */
export const urlOf = (address: string | undefined, host: string | undefined): string | undefined => {
  if (address === undefined || /^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return address;
  if (host === undefined) return undefined;
  return address.startsWith('/') ? `http://${host}${address}` : `http://${address}`;
};

const LABEL = String.raw`[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?`;
const HOST = new RegExp(String.raw`^${LABEL}(?:\.${LABEL}){0,31}\.?$`, 'u');

/** What a client says it asked, where it is a name or an address; anything may stand there. */
const hostOf = (said: string | undefined): string | undefined => {
  const host = said?.replace(/:\d{1,5}$/, '');
  return host !== undefined && host.length <= 253 && HOST.test(host) ? host : ipOf(said);
};

/** Where a directory keeps somebody is no name of theirs (Forcepoint). */
const userOf = (said: string | undefined): string | undefined =>
  said === undefined || /^ldaps?:\/\//i.test(said) ? undefined : said;

const MOST_FORWARDED = 8;

/** Whom a request was forwarded for, or so whoever sent it says: they are seen, and are never who asked. */
const forwardedFor = (seen: TaxonomyView): [string, string][] =>
  (seen.text('x-forwarded-for') ?? '')
    .slice(0, 1_024)
    .split(/[,\s]+/, MOST_FORWARDED)
    .map((one) => ipOf(one))
    .filter((ip) => ip !== undefined)
    .map((ip) => ['ip-address', ip]);

/** The sides, the visitor and the address of a request, for proxies and web servers. */
export const requestParts = (
  seen: TaxonomyView,
): { parts: Partial<Ocsf>; observables: Observable[]; message: string } => {
  const [src, dst, host, user, method, status] = [
    seen.ip('c-ip', 'src_ip'),
    seen.ip('dst_ip'),
    hostOf(seen.text('cs-host')),
    userOf(seen.text('cs-username')),
    seen.text('cs-method'),
    seen.text('sc-status'),
  ];
  const url = urlOf(seen.text('c-uri'), host);
  return {
    parts: {
      actor: compact({ userName: user }),
      src: compact({ ip: src, port: portOf(seen.value('src_port')) }),
      dst: compact({ ip: dst, port: portOf(seen.value('dst_port')), hostname: host }),
      api: { operation: method ?? 'request', status },
    },
    observables: observablesOf(
      ['ip-address', src],
      ['ip-address', dst],
      ['domain', host !== undefined && isIP(host) === 0 ? host : undefined],
      ['url', url],
      ['user-name', user],
      ...forwardedFor(seen),
    ),
    message: `${method ?? 'request'} ${url ?? seen.text('c-uri') ?? '?'}${status === undefined ? '' : `: ${status}`}`,
  };
};
