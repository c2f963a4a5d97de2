import { isMatched, pathForm, valueAt, type PatternValue } from './stix-observable.js';
import { tokensOfPattern, type PatternToken } from './stix-tokens.js';

/** What can be matched of a pattern, and a sentence for each part that cannot. */
export interface PatternReading {
  sought: PatternValue[];
  problems: string[];
}

/** A part of a pattern; `type` is a statement about the sort of a reference (`x_ref.type = 'ipv4-addr'`), no value. */
type PatternPart = PatternReading & { type?: { of: string; is: string }; of?: string };

/** What cannot be matched, and why. */
export const unread = (problem: string): PatternReading => ({ sought: [], problems: [problem] });
const NOT_A_PATTERN = 'it is not a STIX pattern';
const HALF = 'half of it would match too much';
const MOST_DEPTH = 50;

/** What stands in the way of a whole pattern. */
class NotAPattern extends Error {}

/** Either is enough: each that can be matched is. */
const either = (parts: PatternPart[]): PatternPart => ({
  sought: parts.flatMap(({ sought }) => sought),
  problems: parts.flatMap(({ problems }) => problems),
  ...(parts.every(({ of }) => of !== undefined && of === parts[0]?.of) ? { of: parts[0]?.of } : {}),
});

const KIND_OF_TYPE: Readonly<Record<string, string>> = {
  'ipv4-addr': 'ip-address',
  'ipv6-addr': 'ip-address',
  'domain-name': 'domain',
};

/** All must hold; what merely says of which sort a reference is says nothing more than its value does. */
const both = (parts: PatternPart[]): PatternPart => {
  const [only, second] = parts.filter(({ type }) => !type);
  const isSaidOf = ({ type }: PatternPart): boolean =>
    !type || (type.of === only?.of && only.sought.every(({ kind }) => kind === KIND_OF_TYPE[type.is]));
  if (only && !second && only.sought.length > 0 && parts.every(isSaidOf)) return only;
  return unread(`it joins with AND: ${HALF}`);
};

/** Reads STIX's grammar by its levels: FOLLOWEDBY, OR, AND, then what is in brackets. */
class PatternReader {
  private at = 0;
  private depth = 0;
  constructor(private readonly tokens: PatternToken[]) {}

  whole(): PatternPart {
    const part = this.observations();
    if (this.at < this.tokens.length) throw new NotAPattern();
    return part;
  }

  private observations(): PatternPart {
    const parts = this.separated('FOLLOWEDBY', () => this.joined(() => this.observation()));
    return parts.length === 1 ? parts[0]! : unread(`it asks for one after another (FOLLOWEDBY): ${HALF}`);
  }

  /** AND binds more than OR. */
  private joined(one: () => PatternPart): PatternPart {
    return this.chain('OR', () => this.chain('AND', one, both), either);
  }

  private chain(word: string, one: () => PatternPart, join: (parts: PatternPart[]) => PatternPart): PatternPart {
    const parts = this.separated(word, one);
    return parts.length === 1 ? parts[0]! : join(parts);
  }

  private separated(word: string, one: () => PatternPart): PatternPart[] {
    const parts = [one()];
    while (this.take(word)) parts.push(one());
    return parts;
  }

  private observation(): PatternPart {
    const part = this.take('[')
      ? this.until(']', () => this.joined(() => this.comparison()))
      : this.within(() => this.observations());
    return this.qualifiers() ? unread(`it has a qualifier (${QUALIFIERS.join(', ')}): ${HALF}`) : part;
  }

  private qualifiers(): boolean {
    let has = false;
    while (QUALIFIERS.some((word) => this.take(word))) {
      this.next();
      if (!['SECONDS', 'TIMES'].some((word) => this.take(word)) && this.take('STOP')) this.next();
      has = true;
    }
    return has;
  }

  private comparison(): PatternPart {
    if (this.take('EXISTS')) {
      this.next();
      return unread(`it asks whether something is there (EXISTS): ${HALF}`);
    }
    const token = this.tokens[this.at];
    if (token?.kind !== 'path') return this.within(() => this.joined(() => this.comparison()));
    this.at += 1;
    const isNegated = this.take('NOT');
    const operator = this.next().text;
    const values = operator === 'IN' ? this.list() : [this.next()];
    return isNegated ? unread('it asks for what is not (NOT)') : compared(pathForm(token.text), operator, values);
  }

  private list(): PatternToken[] {
    return this.within(() => {
      const values = [this.next()];
      while (this.take(',')) values.push(this.next());
      return values;
    });
  }

  private within<T>(inner: () => T): T {
    if (!this.take('(')) throw new NotAPattern();
    return this.until(')', inner);
  }

  private until<T>(closing: string, inner: () => T): T {
    this.depth += 1;
    if (this.depth > MOST_DEPTH) throw new NotAPattern();
    const found = inner();
    if (!this.take(closing)) throw new NotAPattern();
    this.depth -= 1;
    return found;
  }

  private take(word: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'word' || token.text !== word) return false;
    this.at += 1;
    return true;
  }

  private next(): PatternToken {
    const token = this.tokens[this.at];
    if (!token) throw new NotAPattern();
    this.at += 1;
    return token;
  }
}

const QUALIFIERS = ['WITHIN', 'START', 'REPEATS'];
const OPERATORS = ['=', '==', 'IN', 'ISSUBSET'];
const OTHERS = ['!=', '<>', '<', '>', '<=', '>=', 'LIKE', 'MATCHES', 'ISSUPERSET'];

const compared = (path: string, operator: string, values: PatternToken[]): PatternPart => {
  if (![...OPERATORS, ...OTHERS].includes(operator)) throw new NotAPattern();
  const reference = /^(.*_ref)\.type$/.exec(path)?.[1];
  const [first] = values;
  if (reference && operator === '=' && first?.kind === 'text')
    return { ...unread(`'${path}' is no observable of events`), type: { of: reference, is: first.text } };
  if (!isMatched(path)) return unread(`'${path}' is no observable of events`);
  if (OTHERS.includes(operator)) return unread(`it compares with ${operator}, and only what is equal is matched`);
  const read = values.map((value) => (value.kind === 'text' ? valueAt(path, value.text) : `${value.text} is no text`));
  return {
    sought: read.filter((one) => typeof one !== 'string'),
    problems: read.filter((one) => typeof one === 'string'),
    of: path.replace(/\.value$/, ''),
  };
};

/**
 * Reads what a pattern looks for: equalities joined by OR, in brackets or not, such as `[ipv4-addr:value =
 * '198.51.100.1' OR domain-name:value = 'a.test']`. Of an OR each side that can be matched is; of AND, FOLLOWEDBY,
 * ranges and qualifiers nothing: half of them would match too much.
 */
export const readPattern = (pattern: string): PatternReading => {
  const tokens = tokensOfPattern(pattern);
  if (!tokens || tokens.length === 0) return unread(NOT_A_PATTERN);
  try {
    const { sought, problems } = new PatternReader(tokens).whole();
    return { sought, problems };
  } catch (error) {
    if (error instanceof NotAPattern) return unread(NOT_A_PATTERN);
    throw error;
  }
};
