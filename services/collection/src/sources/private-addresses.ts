import ipaddr from 'ipaddr.js';

const INSIDE = ['private', 'uniqueLocal', 'linkLocal', 'loopback'];

export const isPrivate = (ip: string | undefined): boolean =>
  ip !== undefined && ipaddr.isValid(ip) && INSIDE.includes(ipaddr.parse(ip).range());

const UNSPECIFIED = new Set(['::', '0.0.0.0']);

/** Whether it stands for no address at all, and is nobody's. */
export const isUnspecified = (ip: string): boolean => UNSPECIFIED.has(ip);

/** The private address when exactly one side is private, else the source of the traffic, if that has an address. */
export const ourSide = (src: string | undefined, dst: string | undefined): string | undefined => {
  const ours = isPrivate(dst) && !isPrivate(src) ? dst : (src ?? dst);
  return ours !== undefined && isUnspecified(ours) ? undefined : ours;
};
