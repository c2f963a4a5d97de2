import type { Limits } from './rule/limits.js';

/** A rule that cannot be loaded: why, and where in its document (a path of keys and indexes). */
export class RuleProblem extends Error {
  constructor(
    reason: string,
    readonly path: readonly (string | number)[] = [],
  ) {
    super(reason);
    this.name = 'RuleProblem';
  }

  /** The same problem seen from further up the document. */
  under(...prefix: (string | number)[]): RuleProblem {
    return new RuleProblem(this.message, [...prefix, ...this.path]);
  }
}

/** A rule that asks for more than it may: which limit it passes. */
export class LimitPassed extends RuleProblem {
  constructor(
    reason: string,
    readonly limit: keyof Limits,
    path: readonly (string | number)[] = [],
  ) {
    super(reason, path);
    this.name = 'LimitPassed';
  }

  override under(...prefix: (string | number)[]): LimitPassed {
    return new LimitPassed(this.message, this.limit, [...prefix, ...this.path]);
  }
}

/** An event that is not one JSON object. */
export class BadEvent extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'BadEvent';
  }
}

type Prefix = readonly (string | number)[];

/** Runs `read`; a RuleProblem thrown inside is told from `prefix` on, which may be asked for only then. */
export const at = <T>(prefix: Prefix | (() => Prefix), read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof RuleProblem) throw error.under(...(typeof prefix === 'function' ? prefix() : prefix));
    throw error;
  }
};
