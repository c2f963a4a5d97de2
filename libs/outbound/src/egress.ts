import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The address is not one we may call; nothing was sent. */
export class EgressRefused extends Error {}

/**
 * The one gate for outgoing addresses: https only, no private, loopback or link-local address, no credentials in the
 * URL.
 * Names are checked again when they resolve, inside the connection (`lookup`), so that a name cannot change its mind in
 * between.
 */
export interface Egress {
  /** Returns the parsed address, or throws EgressRefused. */
  check(url: string | URL): URL;
  /** For what is not HTTP: throws EgressRefused for a private or loopback host that is not allowed. */
  checkHost(host: string): void;
  /** For node:http's `lookup`: refuses a name that resolves to a forbidden address. */
  lookup: LookupFunction;
}

export interface EgressOptions {
  /** When given, only these origins may be called: scheme, host and port. */
  origins?: readonly string[];
  /**
   * Hosts (`127.0.0.1`, `edr.corp.example`) or ranges (`10.2.0.0/16`) that may be called although private; loopback
   * ones also over plain http.
   */
  allow?: readonly string[];
  lookup?: typeof systemLookup;
}

/** Whether the address has one of these origins, as `new URL(…).origin` spells them. */
export const isAmong = (origins: readonly string[], { origin }: URL): boolean => origins.includes(origin);

export const createEgress = ({ allow = [], origins, lookup: resolve = systemLookup }: EgressOptions = {}): Egress => {
  const allows = (host: string): boolean => allow.some((entry) => matches(entry, host));

  const checkHost = (host: string): void => {
    if (ipaddr.isValid(host) && !isPublic(host) && !allows(host))
      throw new EgressRefused(`${host} is not a public address and is not allowed`);
    if (isLoopback(host) && !allows(host)) throw new EgressRefused(`${host} is this machine and is not allowed`);
  };

  const check = (address: string | URL): URL => {
    const url = parse(address);
    const host = hostOf(url);
    if (url.username || url.password) throw new EgressRefused(`the address of ${host} carries credentials`);
    if (origins && !isAmong(origins, url))
      throw new EgressRefused(`${url.origin} is not an address that this secret may be sent to`);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(host) && allows(host)))
      throw new EgressRefused(`${host} must be called over https`);
    checkHost(host);
    return url;
  };

  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const forbidden = allows(hostname)
        ? undefined
        : addresses.find(({ address }) => !isPublic(address) && !allows(address));
      if (forbidden)
        return callback(new EgressRefused(`${hostname} resolves to ${forbidden.address}, which is not allowed`), []);
      const [first] = addresses;
      if (options.all || !first) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
  return { check, checkHost: (host) => checkHost(bare(host)), lookup };
};

const parse = (address: string | URL): URL => {
  try {
    return new URL(address);
  } catch (error) {
    throw new EgressRefused('the address is not a URL', { cause: error });
  }
};

const bare = (host: string): string =>
  host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();

const hostOf = ({ hostname }: URL): string => bare(hostname);

/** `EGRESS_ALLOW` of a service: hosts or ranges, comma-separated. */
export const allowedIn = (list: string): string[] =>
  list
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');

/** `unicast` is what ipaddr.js calls an address outside every reserved range; 4-in-6 forms are unwrapped first. */
const isPublic = (address: string): boolean => ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

const matches = (entry: string, host: string): boolean => {
  if (entry.toLowerCase() === host) return true;
  if (!entry.includes('/') || !ipaddr.isValid(host) || !ipaddr.isValidCIDR(entry)) return false;
  const [range, bits] = ipaddr.parseCIDR(entry);
  const address = ipaddr.process(host);
  return address.kind() === range.kind() && address.match(range, bits);
};
