import { HOST, isShort, type Atom } from './atoms.js';
import type { Formula } from './condition.js';

export const ACCEPT = -1;
export const REJECT = -2;

/**
 * Jump code: three integers a test (atom, where to go when it holds, where when it does not), for all rules in one
 * list.
 * Parts are ordered by price, since the truth of AND and OR does not depend on order.
 */
export class Program {
  readonly code: number[] = [];

  /** @param isEager tells whether an atom's field is read for every event anyway */
  constructor(private readonly isEager: (atom: Atom) => boolean) {}

  /** The place where the rule's code begins. */
  add(formula: Formula): number {
    return this.emit(formula, ACCEPT, REJECT);
  }

  private emit(formula: Formula, onTrue: number, onFalse: number): number {
    switch (formula.kind) {
      case 'constant':
        return formula.value ? onTrue : onFalse;
      case 'not':
        return this.emit(formula.of, onFalse, onTrue);
      case 'atom':
        return this.code.push(formula.atom.id, onTrue, onFalse) - 3;
      default: {
        const last = formula.kind === 'and' ? onTrue : onFalse;
        return this.cheapestFirst(formula.of).reduceRight<number>(
          (next, part) => (formula.kind === 'and' ? this.emit(part, next, onFalse) : this.emit(part, onTrue, next)),
          last,
        );
      }
    }
  }

  private cheapestFirst(parts: readonly Formula[]): Formula[] {
    return parts
      .map((part) => ({ part, price: this.price(part) }))
      .sort((a, b) => a.price - b.price)
      .map(({ part }) => part);
  }

  private price(formula: Formula): number {
    switch (formula.kind) {
      case 'constant':
        return 0;
      case 'not':
        return this.price(formula.of);
      case 'atom':
        return this.priceOfAtom(formula.atom);
      default:
        return formula.of.reduce((sum, part) => sum + this.price(part), 0);
    }
  }

  private priceOfAtom(atom: Atom): number {
    if (atom.kind === HOST) return atom.leaf?.field === null ? 5_000 : 300;
    const readNow = this.isEager(atom) ? 1 : 20;
    return isShort(atom) ? readNow + 40 : readNow;
  }
}
