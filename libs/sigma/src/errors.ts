/** A rule that cannot be loaded: why, and where in its document (a path of keys and indexes). */
export class RuleProblem extends Error {
  constructor(reason: string, readonly path: readonly (string | number)[] = []) {
    super(reason);
    this.name = 'RuleProblem';
  }

  /** The same problem seen from further up the document. */
  under(...prefix: (string | number)[]): RuleProblem {
    return new RuleProblem(this.message, [...prefix, ...this.path]);
  }
}

/** An event that is not one JSON object. */
export class BadEvent extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'BadEvent';
  }
}

/** Runs `read`; a RuleProblem thrown inside is told from `prefix` on. */
export const at = <T>(prefix: (string | number)[], read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof RuleProblem) throw error.under(...prefix);
    throw error;
  }
};
