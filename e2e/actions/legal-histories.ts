import fc from 'fast-check';
import type { ActionFact, ActionRequest, IdentityOutcome, ResponseMode, TenantState } from '#contracts';
import { Refused, type Actor } from '#libs/model';
import { HOUR_MS, STANDARD_GUARDS } from '#libs/terms';
import { testContext } from '#libs/testing';
import { actionStream } from '../../services/response/src/domain/action/decider.js';
import { at, propose, seen, tenant, undone, unseen } from '../../services/response/test/samples/action.js';
import { ADA, SYSTEM, ZOE } from '../support/action-history.js';

/** Facts of one commit, as the stream has them. */
export type ActionCommit = ActionFact[];

const MODES: ResponseMode[] = ['AUTHORIZE', 'COLLABORATE', 'NOTIFY'];
const IDENTITIES: IdentityOutcome[] = ['FOUND', 'FOUND', 'UNAVAILABLE', 'NOT_FOUND', 'UNSUPPORTED'];
const UNDECIDED = ['VENDOR_LAG', 'SOURCE_SILENT'] as const;
const OUTCOMES = ['SUCCEEDED', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'UNSUPPORTED', 'OUTCOME_UNKNOWN'] as const;

/** Looks, numbered as the action counts them, that prove nothing. */
const undecidedOf = (actionId: string, looks: { done: number; undone: number }): [ActionRequest, Actor][] =>
  UNDECIDED.flatMap((reason): [ActionRequest, Actor][] => [
    [{ type: 'action.record-verification', actionId, ...unseen(reason, looks.done) }, SYSTEM],
    [
      {
        type: 'action.record-reverted',
        actionId,
        ...undone(false),
        conclusive: false,
        reason,
        look: looks.undone,
      },
      SYSTEM,
    ],
  ]);

/** The one who was asked could not be told. */
const triedAt = (now: number): ActionRequest => ({
  type: 'action.record-contact',
  actionId: 'a1',
  contact: 'zoe',
  channel: 'mail',
  outcome: 'UNREACHABLE',
  reached: false,
  triedAt: now,
});

/** Another action was seen to give back what this one took. */
const givenBackAt = (now: number): ActionRequest => ({
  type: 'action.supersede',
  actionId: 'a1',
  byActionId: 'a2',
  byCaseId: 'c2',
  inverting: false,
  evidence: 'seen',
  observedAt: now,
});

/** Whatever may be asked about an action by whoever asks it; most of it is refused, or changes nothing, at any moment. */
const requestsOf = (asking: number, looks: { done: number; undone: number }, now: number): [ActionRequest, Actor][] => {
  const actionId = 'a1';
  return [
    [propose, SYSTEM],
    [{ ...propose, detectedAt: now }, SYSTEM],
    ...IDENTITIES.flatMap((outcome, index): [ActionRequest, Actor][] => [
      [
        {
          type: 'action.record-identity',
          actionId,
          asking,
          outcome,
          vendor: 'defender',
          vendorId: `m${index}`,
          name: '',
          names: [],
          detail: 'd',
          at: now,
        },
        SYSTEM,
      ],
    ]),
    // Behind what is granted whenever this is: else most lives would end here.
    [{ type: 'action.withdraw', actionId, reason: 'r' }, SYSTEM],
    ...[true, false].map((granted): [ActionRequest, Actor] => [
      { type: 'action.record-allowance', actionId, asking, granted, hosts: 9, limit: 9, hours: 1 },
      SYSTEM,
    ]),
    [{ type: 'action.approve', actionId, comment: '' }, ZOE],
    [{ type: 'action.deny', actionId, comment: '' }, ZOE],
    [{ type: 'action.mark-done', actionId, comment: '' }, ZOE],
    [triedAt(now), SYSTEM],
    [{ type: 'action.expire', actionId }, SYSTEM],
    [{ type: 'action.execute', actionId }, SYSTEM],
    ...OUTCOMES.map((outcome): [ActionRequest, Actor] => [
      { type: 'action.record-result', actionId, outcome, detail: '', vendorRef: 'v', alreadyInForce: false },
      SYSTEM,
    ]),
    ...[true, false].flatMap((good): [ActionRequest, Actor][] => [
      [{ type: 'action.record-verification', actionId, ...seen(good) }, SYSTEM],
      [{ type: 'action.record-reverted', actionId, ...undone(good) }, SYSTEM],
    ]),
    ...undecidedOf(actionId, looks),
    [givenBackAt(now), SYSTEM],
    [{ type: 'action.revert', actionId, reason: 'r' }, ADA],
    [{ type: 'action.revert', actionId, reason: 'r' }, SYSTEM],
  ];
};

/** How an action's life goes on: which request of all, how much later (often at the same instant), under which mode. */
interface Turn {
  request: number;
  laterMs: number;
  mode: ResponseMode;
  excluded: boolean;
  counted: boolean;
}

const turns: fc.Arbitrary<Turn[]> = fc.array(
  fc.record({
    request: fc.nat(1_000),
    laterMs: fc.constantFrom(0, 0, 0, 1, 20 * 60_000, 3 * HOUR_MS),
    mode: fc.constantFrom(...MODES, ...MODES.slice(0, 2)),
    excluded: fc.integer({ min: 0, max: 19 }).map((one) => one === 0),
    counted: fc.boolean(),
  }),
  { minLength: 3, maxLength: 14 },
);

const settingsUnder = ({ mode, excluded, counted }: Turn): TenantState =>
  tenant(mode, {
    guards: { ...STANDARD_GUARDS, hostsPerHour: counted ? 10 : 0 },
    escalateIfUnreachableAfterMinutes: 15,
    unreachableClasses: ['isolate-host'],
    exclusions: excluded ? [{ entity: propose.target.entity, reason: 'r' }] : [],
  });

/** What response's own decider makes of a turn: the first request from there on that it grants and that changes anything. */
const commitOf = (past: ActionFact[], turn: Turn, now: number): ActionCommit => {
  const state = past.reduce(actionStream.evolve, actionStream.initial());
  const all = requestsOf(state.askings, { done: state.looks, undone: state.undoLooks }, now);
  for (let index = 0; index < all.length; index += 1) {
    const [asked, actor] = all[(turn.request + index) % all.length] as [ActionRequest, Actor];
    try {
      const commit = actionStream.decide(asked, state, { ...testContext, actor, now, settings: settingsUnder(turn) });
      if (commit.length > 0) return commit;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  return [];
};

const lived = (life: Turn[]): ActionCommit[] => {
  let now = at;
  const commits: ActionCommit[] = [];
  for (const turn of life) {
    now += turn.laterMs;
    const commit = commitOf(commits.flat(), turn, now);
    if (commit.length === 0) break;
    commits.push(commit);
  }
  return commits;
};

/** Legal histories of one response action, by commit: nothing in them that response did not decide. */
export const actionHistories: fc.Arbitrary<ActionCommit[]> = turns.map(lived);
