import ipaddr from 'ipaddr.js';

const INSIDE = ['private', 'uniqueLocal', 'linkLocal', 'loopback'];

export const isPrivate = (ip: string | undefined): boolean =>
  ip !== undefined && ipaddr.isValid(ip) && INSIDE.includes(ipaddr.parse(ip).range());

/** The private address when exactly one side is private, else the source of the traffic. */
export const ourSide = (src: string | undefined, dst: string | undefined): string | undefined =>
  isPrivate(dst) && !isPrivate(src) ? dst : (src ?? dst);
