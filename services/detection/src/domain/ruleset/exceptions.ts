import type {
  RulesetAddException,
  RulesetEndException,
  RuleCondition,
  RulesetExceptionAdded,
  RulesetExceptionEnded,
} from '#contracts';
import { Refused, type DecisionContext } from '#libs/model';
import { compile } from '#libs/sigma';
import { exceptionAsRule } from '#libs/rules';
import { DAY_MS } from '#libs/terms';
import type { RulesetState } from './state.js';

export const EXCEPTIONS_AT_MOST = 500;
const LONGEST_MS = 366 * DAY_MS;
const CONDITIONS_AT_MOST = 10;
const VALUES_AT_MOST = 50;
const LONGEST_VALUE = 1_024;
/** Of all values of an exception together: 500 exceptions of a tenant are compiled at once. */
const BYTES_AT_MOST = 16 * 1024;

/** Modifiers an exception may use: those that say something of a value that is there. */
export const MODIFIERS: readonly string[] = [
  'contains',
  'startswith',
  'endswith',
  'cased',
  'windash',
  'cidr',
  're',
  'lt',
  'lte',
  'gt',
  'gte',
];

const lengthOf = (what: string, text: string, least: number, most: number): void => {
  const length = text.trim().length;
  if (length < least || text.length > most)
    throw new Refused(`${what} has ${least} to ${most} characters`, `BAD_${what.split(' ').at(-1)?.toUpperCase()}`);
};

const checkField = (field: string): void => {
  const [name = '', ...modifiers] = field.split('|');
  const isName =
    name.trim() !== '' &&
    field.length <= 200 &&
    name !== '__proto__' &&
    ![...field].some((one) => one < ' ' || one === '\u007f');
  if (!isName)
    throw new Refused('a condition names a field of the event, such as Image or Image|endswith', 'BAD_FIELD');
  const unknown = modifiers.find((one) => !MODIFIERS.includes(one));
  if (unknown !== undefined)
    throw new Refused(`an exception knows no modifier '${unknown}'; it knows ${MODIFIERS.join(', ')}`, 'BAD_MODIFIER');
};

const checkConditions = (where: readonly RuleCondition[]): void => {
  if (where.length < 1 || where.length > CONDITIONS_AT_MOST)
    throw new Refused(`an exception has 1 to ${CONDITIONS_AT_MOST} conditions`, 'BAD_CONDITIONS');
  for (const { field, values } of where) {
    checkField(field);
    if (values.length < 1 || values.length > VALUES_AT_MOST)
      throw new Refused(`a condition has 1 to ${VALUES_AT_MOST} values`, 'BAD_VALUES');
    const bad = values.some((value) => value === '' || value.length > LONGEST_VALUE || value.includes('\0'));
    if (bad)
      throw new Refused(
        `a value has 1 to ${LONGEST_VALUE} characters: an empty one would let everything pass`,
        'BAD_VALUES',
      );
  }
  const bytes = where.reduce(
    (sum, { values }) => sum + values.reduce((all, value) => all + Buffer.byteLength(value), 0),
    0,
  );
  if (bytes > BYTES_AT_MOST) throw new Refused('all values of an exception together have at most 16 KiB', 'BAD_VALUES');
};

/** What cannot be read would be accepted and let nothing pass. */
const checkReading = (one: RulesetAddException): void => {
  const [failure] = compile([exceptionAsRule(one, { category: 'any' })], { engine: 'plain' }).failures;
  if (failure)
    throw new Refused(
      failure.reason.replace(/^detection\.c(\d+)\.([^:]*?)(?:\.\d+)?:/, 'condition $1: $2:'),
      'BAD_CONDITIONS',
    );
};

/** @throws Refused for what has no owner, no reason, no end, or too much of anything. */
export const decideAddition = (
  request: RulesetAddException,
  state: RulesetState,
  { actor: by, now: at }: DecisionContext,
): RulesetExceptionAdded[] => {
  const { exceptionId, ruleId, where, owner, reason, expiresAt } = request;
  if (state.exceptions.some((one) => one.exceptionId === exceptionId)) return [];
  if (state.ended.includes(exceptionId)) throw new Refused('this exception has ended; add a new one', 'ENDED');
  lengthOf('an exceptionId', exceptionId, 1, 64);
  lengthOf('a rule', ruleId, 1, 200);
  lengthOf('an owner', owner, 1, 200);
  lengthOf('a reason', reason, 10, 500);
  checkConditions(where);
  checkReading(request);
  if (expiresAt <= at) throw new Refused('an exception ends in the future', 'BAD_EXPIRY');
  if (expiresAt > at + LONGEST_MS)
    throw new Refused('an exception ends within a year: renew it when it is still right then', 'BAD_EXPIRY');
  if (state.exceptions.length >= EXCEPTIONS_AT_MOST)
    throw new Refused(
      `a tenant has at most ${EXCEPTIONS_AT_MOST} exceptions: end some, or mend the rule`,
      'TOO_MANY_EXCEPTIONS',
    );
  return [{ type: 'ruleset.exception-added', exceptionId, ruleId, where, owner, reason, expiresAt, by, at }];
};

/** People end an exception whenever they like, the clock when its time has come. */
export const decideEnd = (
  { exceptionId, reason }: RulesetEndException,
  state: RulesetState,
  { actor: by, now: at }: DecisionContext,
): RulesetExceptionEnded[] => {
  if (state.ended.includes(exceptionId)) return [];
  const known = state.exceptions.find((one) => one.exceptionId === exceptionId);
  if (!known) throw new Refused('there is no such exception', 'NO_SUCH_EXCEPTION');
  const expired = at >= known.expiresAt;
  if (by.side === 'SYSTEM' && !expired) return [];
  lengthOf('a reason', reason, 1, 500);
  return [{ type: 'ruleset.exception-ended', exceptionId, ruleId: known.ruleId, expired, reason, by, at }];
};
