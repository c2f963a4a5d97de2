import ipaddr from 'ipaddr.js';
import { RuleProblem } from '../errors.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * An address in its canonical notations only (four decimal parts, or IPv6 with an optional zone); undefined for other
 * text.
 */
export const readAddress = (text: string): Address | undefined => {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const bare = text.includes('%') ? text.slice(0, text.indexOf('%')) : text;
  return bare.includes(':') && ipaddr.IPv6.isValid(bare) ? ipaddr.IPv6.parse(bare) : undefined;
};

/**
 * Tells addresses inside `range` (10.0.0.0/8, fe80::/10, or one address). IPv4 written as ::ffff:10.0.0.1 counts as
 * IPv4 too.
 */
export const compileCidr = (range: string): ((address: Address) => boolean) => {
  const [base, bits] = parseRange(range);
  const inside = (address: Address): boolean => address.kind() === base.kind() && address.match(base, bits);
  return (address) =>
    inside(address) ||
    (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && inside(address.toIPv4Address()));
};

const parseRange = (range: string): [Address, number] => {
  const text = range.trim();
  const single = readAddress(text);
  if (single) return [single, single.kind() === 'ipv4' ? 32 : 128];
  try {
    if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  } catch {
    // Told below, in our words.
  }
  throw new RuleProblem(`'${range}' is not an IPv4 or IPv6 network`);
};
