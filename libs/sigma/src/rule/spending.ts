import { LimitPassed } from '../errors.js';
import type { Limits } from './limits.js';

/** What is counted: for one value, one rule, and all of a set. */
type Spendable = 'Texts' | 'Bytes' | 'Parts' | 'Expressions' | 'Fields' | 'Nodes';

const SAID: Record<Spendable, string> = {
  Texts: 'texts',
  Bytes: 'bytes of text',
  Parts: 'tests in conditions',
  Expressions: 'regular expressions',
  Fields: 'distinct fields',
  Nodes: 'YAML nodes',
};

/** What all rules of a set have taken so far. What is to be made is asked for before it is made. */
export class Spending {
  private readonly spent: Record<Spendable, number> = {
    Texts: 0,
    Bytes: 0,
    Parts: 0,
    Expressions: 0,
    Fields: 0,
    Nodes: 0,
  };
  private readonly fields = new Set<string>();
  private rules = 0;
  private filters = 0;
  private careful = 0;

  constructor(readonly limits: Limits) {}

  /** Whether the slower parser may read so much more. */
  takeCareful(length: number): boolean {
    if (length > this.limits.carefulLength || this.careful + length > this.limits.allCareful) return false;
    this.careful += length;
    return true;
  }

  rule(): RuleSpending {
    return new RuleSpending(this);
  }

  /** @throws LimitPassed when so much more is too much for all together */
  take(what: Spendable, count: number): void {
    const most = this.limits[`all${what}`];
    if (this.spent[what] + count > most)
      throw new LimitPassed(`all rules together would make more than ${most} ${SAID[what]}`, `all${what}`);
    this.spent[what] += count;
  }

  /** @throws LimitPassed when there is one rule too many */
  countRule(): void {
    if (this.rules >= this.limits.allRules)
      throw new LimitPassed(`there are more than ${this.limits.allRules} rules`, 'allRules');
    this.rules += 1;
  }

  /** @throws LimitPassed when there is one filter too many: each may be joined to every rule */
  countFilter(): void {
    if (this.filters >= this.limits.allFilters)
      throw new LimitPassed(`there are more than ${this.limits.allFilters} filters`, 'allFilters');
    this.filters += 1;
  }

  takeField(name: string): void {
    if (this.fields.has(name)) return;
    this.take('Fields', 1);
    this.fields.add(name);
  }
}

/** What one rule has taken. */
export class RuleSpending {
  private readonly spent = { Texts: 0, Bytes: 0, Parts: 0, Expressions: 0 };
  private readonly fields = new Set<string>();

  constructor(private readonly all: Spending) {}

  get limits(): Limits {
    return this.all.limits;
  }

  /** Of what is laid out for it. */
  get weight(): number {
    return this.spent.Parts + this.spent.Texts;
  }

  value(): ValueSpending {
    return new ValueSpending(this);
  }

  /** @throws LimitPassed */
  take(what: 'Texts' | 'Bytes' | 'Parts' | 'Expressions', count: number): void {
    const most = this.limits[`rule${what}`];
    if (this.spent[what] + count > most)
      throw new LimitPassed(`the rule would make more than ${most} ${SAID[what]}`, `rule${what}`);
    this.all.take(what, count);
    this.spent[what] += count;
  }

  takeField(name: string): void {
    if (this.fields.has(name)) return;
    const { fieldLength, ruleFields } = this.limits;
    if (name.length > fieldLength)
      throw new LimitPassed(`the name of a field has at most ${fieldLength} characters`, 'fieldLength');
    if (this.fields.size >= ruleFields)
      throw new LimitPassed(`the rule asks for more than ${ruleFields} distinct fields`, 'ruleFields');
    this.all.takeField(name);
    this.fields.add(name);
  }

  takeExpression(source: string): void {
    const { expressionLength } = this.limits;
    if (source.length > expressionLength)
      throw new LimitPassed(`a regular expression has at most ${expressionLength} characters`, 'expressionLength');
    this.take('Expressions', 1);
  }
}

/** What one value of a rule becomes. */
export class ValueSpending {
  private texts = 0;
  private bytes = 0;

  constructor(readonly rule: RuleSpending) {}

  /** So many texts, of so many bytes together and none longer than that, are about to be made. @throws LimitPassed */
  make(texts: number, bytes: number, longest = bytes): void {
    const { textBytes, valueTexts, valueBytes } = this.rule.limits;
    if (longest > textBytes) throw new LimitPassed(`a text has at most ${textBytes} bytes`, 'textBytes');
    this.texts += texts;
    this.bytes += bytes;
    if (this.texts > valueTexts)
      throw new LimitPassed(`one value would become more than ${valueTexts} texts`, 'valueTexts');
    if (this.bytes > valueBytes)
      throw new LimitPassed(`one value would become texts of more than ${valueBytes} bytes`, 'valueBytes');
    this.rule.take('Texts', texts);
    this.rule.take('Bytes', bytes);
  }
}
