import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
/** Groups of an IPv6 address that name the network of a site: 64 bits. */
const NETWORK_GROUPS = 4;

/** What counts as one address: IPv4's in either notation, and of IPv6 the network, of which a site has 2^64. */
export const addressOf = (remote = ''): string => {
  const mapped = MAPPED.exec(remote)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(remote)) return remote;
  const [before = '', behind] = remote.replace(/%.*/s, '').split('::');
  const [head, tail] = [before, behind ?? ''].map((text) => (text === '' ? [] : text.split(':'))) as [
    string[],
    string[],
  ];
  const between = Array.from({ length: behind === undefined ? 0 : 8 - head.length - tail.length }, () => '0');
  const groups = [...head, ...between, ...tail].slice(0, NETWORK_GROUPS);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
};
