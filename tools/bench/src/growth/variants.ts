import { createHash } from 'node:crypto';
import type { RuleSource } from '#libs/sigma';

/** Values that are no plain text: changing a letter would change what they are. */
const NOT_PLAIN = /\|(re|cidr|base64|base64offset|fieldref|expand|exists)\b/;
const KEY = /^\s*(?:- )?(['"]?)([\w.@ -]+(?:\|[\w|]+)?)\1\s*:(.*)$/;

const renamed = (text: string, nth: number): string =>
  text.replace(/[A-Za-z]{5,}/g, (word) => `${word.slice(0, 3)}${nth}${word.slice(3)}`);

const idFor = (id: string, nth: number): string => {
  const hex = createHash('sha1').update(`${id} ${nth}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};

/**
 * The lines of a detection with every word of its plain values changed; keys, conditions and expressions as they are.
 */
const renamedLines = (lines: readonly string[], nth: number): string[] => {
  let [inDetection, plain] = [false, true];
  return lines.map((line) => {
    if (/^\S/.test(line)) inDetection = line.startsWith('detection:');
    if (!inDetection) return line;
    const [, , key = '', value = ''] = KEY.exec(line) ?? [];
    if (key === '') return plain ? renamed(line, nth) : line;
    plain = !NOT_PLAIN.test(key) && key !== 'condition' && key !== 'timeframe';
    return plain ? line.slice(0, line.length - value.length) + renamed(value, nth) : line;
  });
};

/** A rule that looks for as much, elsewhere: another id, and other words where it looks for words. */
export const variantOf = ({ path, text }: RuleSource, nth: number): RuleSource => {
  const lines = text.replace(/^id: *(\S+)/gm, (_, id: string) => `id: ${idFor(id, nth)}`).split('\n');
  return { path: path.replace(/\.ya?ml$/, `-${nth}.yml`), text: renamedLines(lines, nth).join('\n') };
};

/** So many rules: those given, in an order that only their texts decide, then variants of them, time and again. */
export const soManyRules = (sources: readonly RuleSource[], count: number): RuleSource[] => {
  const keyed = sources
    .map((source) => ({ source, key: createHash('sha1').update(source.text).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return [...Array(count).keys()].flatMap((index) => {
    const source = keyed[index % keyed.length]?.source;
    const nth = Math.floor(index / keyed.length);
    return source ? [nth === 0 ? source : variantOf(source, nth)] : [];
  });
};
