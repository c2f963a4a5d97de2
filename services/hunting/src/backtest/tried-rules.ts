import type { BacktestAsked, BacktestSupplied, RuleFailure } from '#contracts';
import { exceptionsInSteps, rulesOverEvents, type RuleExceptions, type RulesOverEvents } from '#libs/rules';
import { atOnce } from '#libs/service';
import { Budget, compile, type Rule, type RuleSet } from '#libs/sigma';
import type { TriedRules } from './tally.js';

const FAILURES_TOLD = 100;

/** What is to be tried on a tenant's events, and what detection alone knows. `at`: when it was asked, epoch ms. */
export type BacktestQuestion = Pick<BacktestAsked, 'files' | 'ruleId' | 'mostEvents' | 'at'> & { tenant: string };
export type BacktestSupplies = Pick<
  BacktestSupplied,
  'files' | 'placeholders' | 'exceptions' | 'exceptionsLeftOut' | 'windowMs'
>;

const asleep = ({ file, line, needs }: Rule): RuleFailure => ({
  file,
  line,
  reason: `it waits for values of ${needs.map((name) => `%${name}%`).join(', ')}, which this tenant has not given`,
});

/** Why nothing of a rule that was named can be tried; nothing when it can. */
const whyNot = ({ set, rules, correlations: { raising } }: RulesOverEvents, ruleId: string): RuleFailure[] => {
  if (ruleId === '' || rules.has(ruleId) || raising.has(ruleId)) return [];
  const feeding = set.correlations.find(({ id }) => id === ruleId);
  return feeding
    ? [
        {
          file: feeding.file,
          line: feeding.line,
          reason: 'it only feeds other correlations and has no findings of its own',
        },
      ]
    : [{ file: ruleId, line: 1, reason: 'the rule was not found in what loads of its files' }, ...set.failures];
};

/** Rules that are told of, and that those correlations rest on which are. */
const concerned = ({ rules, correlations }: RuleSet, ruleId: string): Rule[] => {
  if (ruleId === '') return [...rules];
  const ids = new Set([ruleId]);
  const below = new Map(correlations.map((one) => [one.id, one.rules]));
  for (const id of ids) below.get(id)?.forEach((one) => ids.add(one));
  return rules.filter(({ id }) => ids.has(id));
};

const leftOut = (count: number): RuleFailure[] =>
  count === 0
    ? []
    : [
        {
          file: '',
          line: 1,
          reason: `${count} exceptions are more than a backtest is given: what they let pass is told`,
        },
      ];

/** The tenant's exceptions as they are now, whenever an event happened. */
const exceptionsOf = ({ exceptions }: BacktestSupplies, { rules }: RulesOverEvents): RuleExceptions =>
  atOnce(exceptionsInSteps(exceptions, (ruleId) => rules.get(ruleId)?.logsource));

/** Rules as they would run, and those that cannot be tried. */
export const triedOf = (
  { tenant, files, ruleId }: BacktestQuestion,
  supplied: BacktestSupplies,
  { elapsed: clock, worked }: { elapsed: () => number; worked?: () => number },
): { tried: TriedRules; failures: RuleFailure[] } => {
  const placeholders = Object.fromEntries(supplied.placeholders.map(({ name, values }) => [name, values]));
  const set = compile([...files, ...supplied.files], { placeholders, clock });
  const over = rulesOverEvents(set, supplied.windowMs);
  const exceptions = exceptionsOf(supplied, over);
  const budget = new Budget({ wall: clock, cpu: worked, now: clock, restMs: Infinity });
  const isWanted = (id: string): boolean => ruleId === '' || id === ruleId;
  const awake = set.rules.filter(({ id, needs }) => isWanted(id) && needs.length === 0);
  const failures = [
    ...(ruleId === '' ? set.failures : whyNot(over, ruleId)),
    ...concerned(set, ruleId)
      .filter(({ needs }) => needs.length > 0)
      .map(asleep),
    ...exceptions.failures,
    ...leftOut(supplied.exceptionsLeftOut),
  ];
  return {
    tried: {
      tenant,
      over,
      exceptions,
      byId: new Map(awake.map((rule) => [rule.id, rule])),
      correlationIds: new Set([...over.correlations.raising.keys()].filter(isWanted)),
      budget,
      meter: budget.batch(),
    },
    failures: failures.slice(0, FAILURES_TOLD),
  };
};
