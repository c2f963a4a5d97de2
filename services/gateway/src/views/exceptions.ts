import type {
  Actor,
  RuleCondition,
  RulesetExceptionAdded,
  RulesetExceptionApplied,
  RulesetExceptionEnded,
} from '#contracts';
import type { View } from '#libs/model';

type ExceptionFact = RulesetExceptionAdded | RulesetExceptionApplied | RulesetExceptionEnded;

/** Counts may be heard before the exception itself: `added` says whether there is something to show. */
export interface ExceptionDoc {
  exceptionId: string;
  ruleId: string;
  added: boolean;
  where: RuleCondition[];
  owner: string;
  reason: string;
  expiresAt: number;
  addedBy: Actor | null;
  addedAt: number;
  ended: { at: number; by: Actor; reason: string; expired: boolean } | null;
  /** What each counter has counted, the counter that began last at the end. */
  counters: { counter: string; suppressed: number }[];
  /** Of counters that are not kept apart any more. */
  earlier: number;
  lastSuppressedAt: number | null;
}

/** Counters kept apart: replicas, and their runs. */
const COUNTERS = 64;

const blank = ({ exceptionId, ruleId }: ExceptionFact): ExceptionDoc => ({
  exceptionId,
  ruleId,
  added: false,
  where: [],
  owner: '',
  reason: '',
  expiresAt: 0,
  addedBy: null,
  addedAt: 0,
  ended: null,
  counters: [],
  earlier: 0,
  lastSuppressedAt: null,
});

const counted = (
  doc: ExceptionDoc,
  { counter, suppressed, lastAt }: RulesetExceptionApplied,
): Partial<ExceptionDoc> => {
  const known = doc.counters.some((one) => one.counter === counter);
  const all = known
    ? doc.counters.map((one) =>
        one.counter === counter ? { counter, suppressed: Math.max(one.suppressed, suppressed) } : one,
      )
    : [...doc.counters, { counter, suppressed }];
  const old = all.slice(0, -COUNTERS);
  return {
    counters: all.slice(-COUNTERS),
    earlier: old.reduce((sum, one) => sum + one.suppressed, doc.earlier),
    lastSuppressedAt: Math.max(doc.lastSuppressedAt ?? 0, lastAt),
  };
};

const changed = (doc: ExceptionDoc, message: ExceptionFact): Partial<ExceptionDoc> => {
  if (message.type === 'ruleset.exception-applied') return counted(doc, message);
  if (message.type === 'ruleset.exception-ended') {
    const { at, by, reason, expired } = message;
    return { ended: { at, by, reason, expired } };
  }
  const { where, owner, reason, expiresAt, by, at } = message;
  return { added: true, where, owner, reason, expiresAt, addedBy: by, addedAt: at };
};

/**
 * Exceptions from rules, and how many matches each let pass: counters only count up, so hearing one twice changes
 * nothing.
 */
export const exceptions: View<ExceptionDoc, ExceptionFact> & { indexes: string[] } = {
  name: 'exceptions',
  hears: ['ruleset.exception-added', 'ruleset.exception-applied', 'ruleset.exception-ended'],
  indexes: ['addedAt', 'ruleId'],
  keys: ({ message }) => [message.exceptionId],
  show: (before, { message }) => {
    const doc = before ?? blank(message);
    return { ...doc, ...changed(doc, message) };
  },
};

export const suppressedBy = ({ counters, earlier }: ExceptionDoc): number =>
  counters.reduce((sum, { suppressed }) => sum + suppressed, earlier);
