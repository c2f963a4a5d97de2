import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { limitsOf } from '../rule/limits.js';
import { builtIn } from '../sources/index.js';
import { contentOf, ruleSetOf, type Checked } from '../rule-set.js';
import type { CompileOptions, Correlation, Failure, Rule, RuleSet, RuleSource } from '../types.js';
import type { SavedImage } from '../kernel/index.js';
import { readCondition, saveConditions, type SavedConditions } from './conditions.js';
import { pack, unpack } from './sections.js';
import { fingerprintOfReading } from './reading-fingerprint.js';

/**
 * To be raised when what is kept of rules changes, or how they are read in a way the probe does not tell: older files
 * are then compiled anew.
 */
const VERSION = 2;

type Plain = { rules: Rule[]; correlations: Correlation[]; failures: Failure[] };

/** Whom saved rules are for: these sources, read and mapped in this way. 32 bytes. */
export const keyOf = (
  sources: readonly RuleSource[],
  { pipeline = builtIn, placeholders = {}, limits }: CompileOptions = {},
): Uint8Array => {
  const hash = createHash('sha256')
    .update(fingerprintOfReading())
    .update(JSON.stringify([pipeline, placeholders, limitsOf(limits)]));
  for (const { path, text } of sources)
    hash
      .update(`${Buffer.byteLength(path)} ${Buffer.byteLength(text)} `)
      .update(path)
      .update(text);
  return hash.digest();
};

/**
 * A rule set as bytes: what rules say, their conditions, and what the kernel has laid out for the events it has met so
 * far.
 * @param key of keyOf, from the sources and options the rule set was compiled from
 */
export const saveCompiled = (ruleSet: RuleSet, key: Uint8Array): Uint8Array => {
  const { checked, correlations, failures, image } = contentOf(ruleSet);
  const plain: Plain = {
    rules: checked.map(({ rule }) => rule),
    correlations: [...correlations],
    failures: [...failures],
  };
  const { starts, texts } = saveConditions(checked.map(({ condition }) => condition));
  const { bytes, stamps, ...laidOut } = image() ?? { bytes: new Uint8Array(0), stamps: new Int32Array(0) };
  return pack(VERSION, key, [serialize(plain), bytesOf(starts), texts, serialize(laidOut), bytesOf(stamps), bytes]);
};

/**
 * The rule set that was saved under this key; undefined when the bytes are damaged, of another version, or for other
 * rules: then compile.
 */
export const loadCompiled = (bytes: Uint8Array, key: Uint8Array, options: CompileOptions = {}): RuleSet | undefined => {
  const sections = unpack(VERSION, key, bytes);
  if (!sections) return undefined;
  const [plain, starts, texts, laidOut, stamps, image] = sections as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  const { rules, correlations, failures } = deserialize(plain) as Plain;
  const conditions: SavedConditions = { starts: wordsOf(starts), texts: Buffer.from(texts) };
  const checked = rules.map((rule, index) => new SavedRule(rule, conditions, index));
  const saved =
    image.length === 0
      ? undefined
      : { ...(deserialize(laidOut) as Omit<SavedImage, 'bytes' | 'stamps'>), stamps: wordsOf(stamps), bytes: image };
  return ruleSetOf({ ...options, checked, correlations, failures, saved });
};

/** Its condition is read when someone asks. */
class SavedRule implements Checked {
  private read: Checked['condition'] | undefined;

  constructor(
    readonly rule: Rule,
    private readonly conditions: SavedConditions,
    private readonly index: number,
  ) {}

  get condition(): Checked['condition'] {
    return (this.read ??= readCondition(this.conditions, this.index));
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
const wordsOf = (bytes: Buffer): Int32Array =>
  new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
