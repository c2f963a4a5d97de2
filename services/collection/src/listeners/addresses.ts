import { isIPv6 } from 'node:net';
import { CountLimit } from './count-limit.js';

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * What one who has addresses of IPv6 is counted by, narrowest first: a host has a /64, a site a /56 or a /48, and in it
 * 256 or 65,536 of those. `share`: how much more than a single address the whole network may take.
 */
const STAGES = [
  { bits: 64, share: 1 },
  { bits: 56, share: 1.5 },
  { bits: 48, share: 2 },
] as const;

const groupsOf = (address: string): number[] => {
  const [before = '', behind] = address.replace(/%.*/s, '').split('::');
  const [head, tail] = [before, behind ?? ''].map((text) => (text === '' ? [] : text.split(':'))) as [
    string[],
    string[],
  ];
  const between = Array.from({ length: behind === undefined ? 0 : 8 - head.length - tail.length }, () => '0');
  return [...head, ...between, ...tail].map((group) => Number.parseInt(group, 16));
};

const networkOf = (groups: number[], bits: number): string =>
  groups
    .slice(0, Math.ceil(bits / 16))
    .map((group, at) => (group & (0xffff << Math.max(0, 16 * (at + 1) - bits))).toString(16))
    .join(':') + `::/${bits}`;

/** What an address counts as, from the narrowest: IPv4's itself, in either notation; of IPv6 the networks it is in. */
export const networksOf = (remote = ''): string[] => {
  const mapped = MAPPED.exec(remote)?.[1];
  if (mapped !== undefined || !isIPv6(remote)) return [mapped ?? remote];
  const groups = groupsOf(remote);
  return STAGES.map(({ bits }) => networkOf(groups, bits));
};

/** Who is meant, where one has to be told from another: the widest network that an address counts as. */
export const siteOf = (remote?: string): string => networksOf(remote).at(-1) ?? '';

/** How much of something a network may have, of what a single address may. @param at its place in `networksOf`. */
export const shareOf = (at: number): number => STAGES[at]?.share ?? 1;

/** Counts things by the address that they come from, up to a limit for each, and for each network it is in. */
export class AddressLimit {
  private readonly limits: CountLimit[];

  /** @param most of a single address. */
  constructor(most: number) {
    this.limits = STAGES.map(({ share }) => new CountLimit(Math.ceil(share * most)));
  }

  /** @param remote as a socket says it. */
  enter(remote: string | undefined): boolean {
    const networks = networksOf(remote);
    const full = networks.findIndex((network, at) => this.limits[at]?.enter(network) === false);
    if (full === -1) return true;
    for (const [at, network] of networks.slice(0, full).entries()) this.limits[at]?.leave(network);
    return false;
  }

  /** @param remote as it was when it entered: of a socket that is closed nobody knows it. */
  leave(remote: string | undefined): void {
    for (const [at, network] of networksOf(remote).entries()) this.limits[at]?.leave(network);
  }
}
