import type { PolicyGuards } from '#contracts';
import { hostsAllowedText } from '#libs/terms';
import type { PolicyAction, PolicyContext } from './types.js';

/** A guard as a row of the policy: where it holds, what a mode would let happen is asked about instead. */
export interface PolicyGuard {
  /** `guard:<name>`. */
  rule: string;
  /** In words, for the table. */
  when: string;
  holds(action: PolicyAction, context: PolicyContext): boolean;
  /** In words, of the action at hand. */
  why(action: PolicyAction, context: PolicyContext): string;
}

const critical: PolicyGuard = {
  rule: 'guard:critical',
  when: 'the target is or may be critical',
  holds: ({ target }) => target.critical,
  why: ({ target }) => `${target.entity} is or may be critical`,
};
const privileged: PolicyGuard = {
  rule: 'guard:privileged',
  when: 'the target is or may be a privileged identity',
  holds: ({ target }) => target.privileged,
  why: ({ target }) => `${target.entity} is or may be a privileged identity`,
};
const confidentFrom = (least: number): PolicyGuard => ({
  rule: 'guard:confidence',
  when: `the confidence is under ${least}`,
  // Not `<`: what is no number is not sure enough.
  holds: (_, { confidence }) => !(confidence >= least),
  why: (_, { confidence }) => `the confidence is ${confidence}, under ${least}`,
});

const hostsAtMost = (guards: PolicyGuards): PolicyGuard => ({
  rule: 'guard:rate',
  when: `it would be ${hostsAllowedText(guards)}`,
  holds: (_, { over }) => over !== undefined,
  why: (_, { over }) =>
    `${over?.hosts} other hosts were acted on without a person in ${over?.hours} h, and ${over?.limit} are let`,
});

/** Who saw it, and whether it goes on, is not known any more: this one nobody switches off. */
const late: PolicyGuard = {
  rule: 'guard:age',
  when: 'it answers what was found more than an hour ago',
  holds: (_, context) => context.late === true,
  why: () => 'it was found more than an hour before anything was begun',
};

/** What was found since is for who said no to judge: neither a mode nor silence goes over that, and nobody switches it off. */
const refused: PolicyGuard = {
  rule: 'guard:refused',
  when: 'somebody said no to the same in its case, or took it back',
  holds: (_, context) => context.refused === true,
  why: () => 'somebody said no to the same in its case before, or took it back',
};

/** Those that the customer has not switched off, in the order they are tried. */
export const guardsIn = (guards: PolicyGuards): PolicyGuard[] => [
  ...(guards.criticalAssets ? [critical] : []),
  ...(guards.privilegedIdentities ? [privileged] : []),
  ...(guards.minConfidence > 0 ? [confidentFrom(guards.minConfidence)] : []),
  ...(guards.hostsPerHour > 0 ? [hostsAtMost(guards)] : []),
  late,
  refused,
];
