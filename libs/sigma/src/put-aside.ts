import type { Expression } from './expression.js';
import type { Overrun } from './regex-budget.js';
import type { Disabled } from './types.js';

/** Rules put aside because an expression of theirs overran its budget. */
export class PutAside {
  readonly disabled: Disabled[] = [];
  private readonly places = new Set<number>();

  constructor(private readonly rules: () => readonly { rule: { id: string }; condition: Expression }[]) {}

  has(place: number): boolean {
    return this.places.has(place);
  }

  get isEmpty(): boolean {
    return this.places.size === 0;
  }

  /** Puts every rule aside that holds the expression. */
  add({ source, flags, reason, atMs }: Overrun): void {
    for (const [place, { rule, condition }] of this.rules().entries()) {
      if (this.places.has(place) || !holds(condition, source, flags)) continue;
      this.places.add(place);
      this.disabled.push({ ruleId: rule.id, reason, atMs, pattern: source });
    }
  }
}

const holds = (expression: Expression, source: string, flags: string): boolean => {
  if (expression.kind === 'not') return holds(expression.of, source, flags);
  if (expression.kind !== 'test') return expression.of.some((part) => holds(part, source, flags));
  return expression.test.kind === 'regex' && expression.test.source === source && expression.test.flags === flags;
};
