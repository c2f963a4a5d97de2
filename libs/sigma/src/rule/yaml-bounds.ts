/**
 * What a text may hold before a parser sees it: parsers take time, memory or the stack that grow faster than some texts
 * do. All of this looks at the text once, and minds no quotes: it may refuse odd texts that would be read, none that a
 * rule is.
 */
import type { Limits } from './limits.js';

type Problem = { reason: string; limit: keyof Limits };

/** Brackets that are open at once; anchors and aliases: each is sought among all others. */
const BRACKETS = 1_000;
const ANCHORS = 200;
/** `- - - -` and `? ? ? ?`: a level each. */
const COMPACT = /^[ \t]*(?:[-?:][ \t]+){200}/m;
/** Shorter texts hold neither. */
const SHORTEST = 400;
/** Fewer levels than fit into so little are counted when they are read. */
const LONG = 4_000;

export const problemOf = (text: string, { fileLength, documents, depth }: Limits): Problem | undefined => {
  if (text.length > fileLength)
    return { reason: `the file has more than ${fileLength} characters`, limit: 'fileLength' };
  if (text.length < SHORTEST) return undefined;
  if (text.includes('\n---') && count(text, /^---/gm, documents) > documents)
    return { reason: `the file has more than ${documents} documents`, limit: 'documents' };
  if (mostOpen(text) > BRACKETS || (text.length > LONG && COMPACT.test(text)))
    return { reason: `maps and lists lie more than ${depth} deep in each other`, limit: 'depth' };
  return undefined;
};

/** For the parser that reads anchors. */
export const carefulProblemOf = (
  text: string,
  { carefulLength, allCareful, nodes }: Limits,
  isGranted: (length: number) => boolean,
): Problem | undefined => {
  const what = 'with anchors, tags or other rare parts of YAML, or with a mistake in its form,';
  if (text.length > carefulLength)
    return { reason: `a file ${what} has at most ${carefulLength} characters`, limit: 'carefulLength' };
  if (count(text, /(?<![^\s,[{])[&*][^\s,[\]{}]/g, ANCHORS) > ANCHORS)
    return { reason: `anchors and aliases stand for more than ${nodes} nodes`, limit: 'nodes' };
  return isGranted(text.length)
    ? undefined
    : { reason: `all files ${what} have at most ${allCareful} characters together`, limit: 'allCareful' };
};

/** No further than it matters. */
const count = (text: string, what: RegExp, most: number): number => {
  let found = 0;
  for (const _ of text.matchAll(what)) if ((found += 1) > most) break;
  return found;
};

const mostOpen = (text: string): number => {
  if (text.length <= BRACKETS || text.split('[').length + text.split('{').length <= BRACKETS) return 0;
  let [open, most] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x5b || char === 0x7b) most = Math.max(most, (open += 1));
    else if ((char === 0x5d || char === 0x7d) && open > 0) open -= 1;
  }
  return most;
};
