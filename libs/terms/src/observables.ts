/**
 * The one form of an observable's value in which an indicator of the intelligence and an event meet. Feeds, resolvers
 * and proxies write one thing in many ways: `2001:DB8:0:0:0:0:0:1`, `Bücher.test.`, `HTTP://Evil.test`.
 *
 * - addresses: RFC 5952, without brackets and zone, `::ffff:198.51.100.1` as `198.51.100.1`; a network of one is it;
 * - domains: as DNS asks for them: ASCII (punycode), lower-case, without dots at the end;
 * - URLs: lower-case, their host as a domain or address, without the scheme's own port, with a path;
 * - hashes (MD5, SHA-1, SHA-256, SHA-512) and mail addresses: lower-case, the latter's domain as one.
 *
 * @param kind of an observable: ip-address, domain, url, file-hash, email-address; others are lower-cased
 * @returns undefined for what no observable of this kind can be
 */
export const observableForm = (kind: string, value: string): string | undefined => {
  const text = value.trim();
  switch (kind) {
    case 'ip-address':
      return addressForm(text);
    case 'domain':
      return domainForm(text);
    case 'url':
      return text === '' ? undefined : urlForm(text);
    case 'file-hash':
      return HASH.test(text) ? text.toLowerCase() : undefined;
    case 'email-address':
      return mailForm(text);
    default:
      return text.toLowerCase() || undefined;
  }
};

const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i;

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const V4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const V6 = /^[0-9a-f:]{2,39}$|^[0-9a-f:]{2,38}:\d{1,3}(?:\.\d{1,3}){3}$/i;
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

const addressForm = (text: string): string | undefined => {
  if (V4.test(text)) return text;
  if (text.endsWith('/32') && V4.test(text.slice(0, -3))) return text.slice(0, -3);
  const bare = text
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%[\w.-]*$/, '')
    .replace(/\/128$/, '');
  if (!V6.test(bare)) return undefined;
  const form = hostOf(`[${bare}]`)?.slice(1, -1);
  const [, high, low] = MAPPED.exec(form ?? '') ?? [];
  if (high === undefined || low === undefined) return form;
  return [high, low]
    .map((part) => Number.parseInt(part, 16))
    .flatMap((part) => [part >> 8, part & 255])
    .join('.');
};

/** Most domains of telemetry are in that form already. */
const PLAIN_DOMAIN = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;
/** What has no place in a name: white space, wildcards, what ends a host in a URL. */
const NOT_OF_DOMAINS = /[\s*/\\?#@:%[\]<>^|"'`{}]/;
const LONGEST_DOMAIN = 1_000;

const domainForm = (text: string): string | undefined => {
  if (PLAIN_DOMAIN.test(text)) return text;
  if (text.length > LONGEST_DOMAIN || NOT_OF_DOMAINS.test(text)) return undefined;
  const name = text.toLowerCase().replace(/[.。．｡]+$/, '');
  if (name === '') return undefined;
  if (PLAIN_DOMAIN.test(name)) return name;
  return /[^\0-\x7f]/.test(name) ? hostOf(name) : name;
};

const AUTHORITY = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#@]*)@)?(\[[^\]/?#]*\]|[^/?#:]*)(?::(\d*))?(?=[/?#]|$)/;
const OWN_PORT: Readonly<Record<string, string>> = { http: '80', https: '443', ftp: '21', ws: '80', wss: '443' };

const urlForm = (text: string): string => {
  const lower = text.toLowerCase();
  const [whole, scheme = '', user, host = '', port = ''] = AUTHORITY.exec(lower) ?? [];
  if (whole === undefined) return lower;
  const rest = lower.slice(whole.length);
  const name = (host.startsWith('[') ? bracketed(host) : (domainForm(host) ?? host)) || host;
  const place = port === '' || port === OWN_PORT[scheme] ? name : `${name}:${port}`;
  return `${scheme}://${user === undefined ? '' : `${user}@`}${place}${rest.startsWith('/') ? '' : '/'}${rest}`;
};

/** An address in a URL; one of version 4 needs no brackets. */
const bracketed = (host: string): string => {
  const address = addressForm(host) ?? host.slice(1, -1);
  return address.includes(':') ? `[${address}]` : address;
};

const mailForm = (text: string): string | undefined => {
  const at = text.lastIndexOf('@');
  const domain = at > 0 ? domainForm(text.slice(at + 1)) : undefined;
  return domain === undefined ? undefined : `${text.slice(0, at).toLowerCase()}@${domain}`;
};

/** The host of a URL as browsers write it; undefined where it is none. */
const hostOf = (host: string): string | undefined => {
  try {
    return new URL(`http://${host}/`).hostname.replace(/\.$/, '') || undefined;
  } catch {
    return undefined;
  }
};
