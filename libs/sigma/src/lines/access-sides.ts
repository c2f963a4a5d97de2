import { isIP } from 'node:net';
import { unescapedLog } from './quoted.js';

/** Who asked, as the start of a line of an access log says it. In W3C's names, but for what a visitor may have written. */
export type AccessSides = {
  'c-ip'?: string | undefined;
  'c-dns'?: string;
  'cs-username'?: string | undefined;
  's-port'?: string | undefined;
  /** What stands before the visitor: a virtual host, or a text that the visitor sent (`X-Forwarded-For`). */
  asked?: string | undefined;
  /** Addresses before the last of a list, which is the only one that the visitor did not write. */
  forwarded?: string | undefined;
};

const MOST_WORDS = 512;
const WITH_PORT = /^(?:\[([\da-fA-F:.]{2,45})\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::\d{1,5})?$/;
/** Servers escape quotes, but for a user without a name: what stands there is of another kind of line. */
const QUOTED = /(?<![\\"])"(?!")/;
const NAMED = /^([A-Za-z0-9_][A-Za-z0-9_.-]{0,252})(?::(\d{1,5}))?$/;

/** An address with or without its port. */
const addressOf = (word: string | undefined): string | undefined => {
  if (word === undefined || isIP(word) !== 0) return word;
  const [, ip6, ip = ip6] = WITH_PORT.exec(word) ?? [];
  return ip !== undefined && isIP(ip) !== 0 ? ip : undefined;
};

/** Where the visitor's address may stand: an address with something behind it that is no address itself. */
const placesOf = (words: readonly string[]): number[] => {
  const found: number[] = [];
  for (const [place, word] of words.entries())
    if (addressOf(word) !== undefined && addressOf(words[place + 1]) === undefined && words[place + 1] !== undefined)
      found.push(place);
  return found;
};

/**
 * Of `[virtual host | forwarded for…] client [identity user…]`, where a user's name and what a visitor sends may hold
 * blanks, and addresses that are none of the visitor's: where two readings are possible, there is no visitor.
 */
export const accessSides = (head: string): AccessSides | undefined => {
  const words = head.split(' ', MOST_WORDS + 1);
  if (head === '') return undefined;
  if (words.length > MOST_WORDS || QUOTED.test(head)) return {};
  const whole = words.length === 1 ? addressOf(words[0]) : undefined;
  if (whole !== undefined) return { 'c-ip': whole };
  const [place, ...others] = placesOf(words);
  // A user's name may be an address, but then nothing stands behind it.
  if (place === undefined) return unaddressed(words);
  return others.some((other) => words.length - other >= 3) ? {} : addressed(words, place);
};

/** By the address of the client. */
const addressed = (words: readonly string[], place: number): AccessSides => {
  const [before = ''] = words;
  const isForwarded = place > 0 && (before.endsWith(',') || addressOf(before) !== undefined);
  const [, asked, port] = place === 1 && !isForwarded ? (NAMED.exec(before) ?? []) : [];
  const user = words.slice(place + 2);
  return {
    'c-ip': addressOf(words[place]),
    'cs-username': user.length === 0 ? undefined : nameOf(user),
    asked,
    's-port': port,
    forwarded: isForwarded ? words.slice(0, place).join(' ') : undefined,
  };
};

const nameOf = (user: readonly string[]): string => unescapedLog(user.join(' ').replace(/^""$/, '-'));

/** By name: `client - user`, and with a virtual host and its port before it. */
const unaddressed = (words: readonly string[]): AccessSides | undefined => {
  const [first = ''] = words;
  const [, name, port] = NAMED.exec(first) ?? [];
  const hasHost = port !== undefined && words.length > 3;
  const [client = '', , ...user] = hasHost ? words.slice(1) : words;
  if (user.length === 0) return undefined;
  return {
    'c-dns': client,
    'cs-username': nameOf(user),
    ...(hasHost ? { asked: name, 's-port': port } : {}),
  };
};
