import type {
  ActionFact,
  ActionOutcome,
  ActionState,
  ActionTarget,
  Actor,
  DeliveryOutcome,
  Severity,
  UnverifiedReason,
  WantedAction,
} from '#contracts';
import type { HostsOver } from '#libs/policy';
import { hasEndedUnheld, standingAfter, stateTold } from '#libs/terms';
import { IDENTIFY_FOR_MS } from './limits.js';

/** What past facts say of one action. */
export interface ActionLife {
  state: ActionState | 'NONE';
  actionId: string;
  caseId: string;
  actionClass: string;
  target: ActionTarget;
  severity: Severity;
  confidence: number;
  reason: string;
  detectedAt: number;
  /** Proposed by the service itself, of what was found too long ago to be acted on without a person. */
  foundLate: boolean;
  /** Who let it happen where the customer is asked: it did, or did not answer in time and had opted in. */
  agreed: 'NOBODY' | 'CUSTOMER' | 'UNANSWERED';
  /** 0: the customer was not asked about whom the vendor found. */
  askedAt: number;
  /** Number of the last question, 0 where it had none, and how many there were: each may be about somebody else. */
  question: number;
  questions: number;
  /** The customer's people who were asked, in order; of nobody no answer can be missing. */
  asked: string[];
  /** By which channel an attempt was made to tell one of them, whether one got there, and until when that is waited for. */
  tried: { contact: string; channel: string; told: boolean; waitUntil: number }[];
  /** Somebody of the customer was spoken to, or took note: who is there is not unreachable. */
  isReached: boolean;
  expiresAt: number;
  /** Askings of who the target is, and since when the present ones last. */
  askings: number;
  resolvingSince: number;
  /** Whom the vendor found: under its own id, with all names. Empty until then. */
  vendor: string;
  vendorId: string;
  name: string;
  names: string[];
  /** When the vendor told so. */
  identifiedAt: number;
  /** Whether one host more may be acted on without a person, as it was asked and told. */
  allowance: 'UNASKED' | 'ASKED' | 'GRANTED' | 'WITHHELD';
  /** Why it was withheld. */
  over?: HostsOver | undefined;
  /** How often the outcome was found to be unknown, since when (0: never), and when last. */
  unknowns: number;
  unknownSince: number;
  unknownAt: number;
  /**
   * What is in force is this action's own doing: the vendor knows it under a reference, or it was sent and the answer
   * is missing.
   */
  ours: boolean;
  /** The effect was there before and nothing was sent: somebody else's doing. */
  foreign: boolean;
  /** What the vendor said last of the action, and when. */
  outcome: ActionOutcome;
  finishedAt: number;
  /** Looks for its effect, and for that of the present undoing, that proved nothing; and why the last did not; null once
   * anything else was heard. */
  looks: number;
  undoLooks: number;
  unverified: UnverifiedReason | null;
  /** How many of the same ended in the case before. */
  again: number;
  /** Somebody said no to it or to one before, or took it back. */
  refused: boolean;
  /**
   * When that came about by which it ended without holding, however late it was heard or seen, and when (epoch ms) the
   * newest finding joined its case that wanted it once more; 0: never.
   */
  endedAt: number;
  wantedFor: number;
  /** Wants it once it is given back. */
  waiting: WantedAction | null;
  /** The last state other than REVERTING. */
  beforeUndo: ActionState;
  /** Undoings begun, and since when one of them is wanted: since a person wanted it last, or else since the first. */
  undos: number;
  undoneSince: number;
}

const UNASKED: Pick<ActionLife, 'agreed' | 'askedAt' | 'asked' | 'tried' | 'isReached' | 'allowance' | 'over'> = {
  agreed: 'NOBODY',
  askedAt: 0,
  asked: [],
  tried: [],
  isReached: false,
  allowance: 'UNASKED',
  over: undefined,
};

export const nothing: ActionLife = {
  state: 'NONE',
  actionId: '',
  caseId: '',
  actionClass: '',
  target: { kind: 'HOST', id: '', entity: '' },
  severity: 'UNKNOWN',
  confidence: 0,
  reason: '',
  detectedAt: 0,
  foundLate: false,
  ...UNASKED,
  question: 0,
  questions: 0,
  expiresAt: 0,
  askings: 0,
  resolvingSince: 0,
  vendor: '',
  vendorId: '',
  name: '',
  names: [],
  identifiedAt: 0,
  unknowns: 0,
  unknownSince: 0,
  unknownAt: 0,
  ours: false,
  foreign: false,
  outcome: 'OUTCOME_UNKNOWN',
  finishedAt: 0,
  looks: 0,
  undoLooks: 0,
  unverified: null,
  again: 0,
  refused: false,
  endedAt: 0,
  wantedFor: 0,
  waiting: null,
  beforeUndo: 'OUTCOME_UNKNOWN',
  undos: 0,
  undoneSince: 0,
};

/** All but its state, which libs/terms tells. */
type Change = Partial<Omit<ActionLife, 'state' | 'beforeUndo'>>;
type ActionLifeChanges = {
  [Type in ActionFact['type']]: (fact: Extract<ActionFact, { type: Type }>, life: ActionLife) => Change;
};

/** The name means somebody else than it did: what the customer agreed to was another. */
const isAnother = (life: ActionLife, vendor: string, vendorId: string): boolean =>
  life.vendorId !== '' && (life.vendor !== vendor || life.vendorId !== vendorId);

/** Nothing more is to be known of telling that contact by that channel: it was told, or failed to be once more. */
export const isTried = (
  tried: ActionLife['tried'],
  { contact, channel, outcome }: { contact: string; channel: string; outcome: DeliveryOutcome },
): boolean =>
  tried.some((one) => one.contact === contact && one.channel === channel && (one.told || outcome !== 'ACCEPTED'));

const isPerson = (by: Actor | null | undefined): boolean => by?.side === 'PROVIDER' || by?.side === 'CUSTOMER';

/** When a case came to know of what wants an action in it, epoch ms. */
export const joinedAt = ({ joinedAt: told, detectedAt }: Pick<WantedAction, 'joinedAt' | 'detectedAt'>, at: number) =>
  Math.min(told ?? detectedAt, at);

/** What each fact changes beside its state. */
const changes: ActionLifeChanges = {
  // Its groups are those of then: the policy goes by those of now.
  'action.proposed': ({ again, refused, by, at, ...proposed }) => {
    const { actionId, caseId, actionClass, target, severity, confidence, reason, detectedAt } = proposed;
    const foundLate = by.side === 'SYSTEM' && at > detectedAt + IDENTIFY_FOR_MS;
    return {
      again: again ?? 0,
      refused: refused ?? false,
      foundLate,
      actionId,
      caseId,
      actionClass,
      target,
      severity,
      confidence,
      reason,
      detectedAt,
    };
  },
  'action.decided': () => ({}),
  'action.approval-requested': ({ at, contacts, expiresAt, asking }, { questions }) => ({
    askedAt: at,
    question: asking ?? 0,
    questions: questions + 1,
    asked: contacts,
    tried: [],
    isReached: false,
    expiresAt,
  }),
  'action.identity-requested': ({ at }, { state, askings, resolvingSince, allowance }) => ({
    askings: askings + 1,
    // What was granted before was counted then, and is to be counted when it is used; what was withheld stays so.
    allowance: allowance === 'WITHHELD' ? allowance : 'UNASKED',
    resolvingSince: state === 'RESOLVING' ? resolvingSince : at,
    // It is to be put again: of this question nobody was told yet.
    ...(state === 'AWAITING_APPROVAL' ? { tried: [] } : {}),
  }),
  'action.identified': ({ vendor, vendorId, name, names, at }, life) => ({
    vendor,
    vendorId,
    name,
    names,
    identifiedAt: at,
    ...(isAnother(life, vendor, vendorId) ? UNASKED : {}),
  }),
  'action.allowance-requested': () => ({ allowance: 'ASKED' }),
  'action.allowance-told': ({ granted, hosts, limit, hours }) =>
    granted ? { allowance: 'GRANTED' } : { allowance: 'WITHHELD', over: { hosts, limit, hours } },
  'action.approved': ({ by }) => ({ agreed: by.side === 'CUSTOMER' ? 'CUSTOMER' : 'UNANSWERED' }),
  // Where silence was taken for a yes, somebody is there after all: it is none.
  'action.contact-tried': ({ contact, channel, outcome, reached, waitUntil }, { tried, isReached }) => ({
    agreed: 'NOBODY',
    tried: isTried(tried, { contact, channel, outcome })
      ? tried
      : [
          ...tried.filter((one) => one.contact !== contact || one.channel !== channel),
          { contact, channel, told: outcome === 'ACCEPTED', waitUntil: waitUntil ?? 0 },
        ],
    isReached: isReached || reached,
  }),
  'action.denied': () => ({ refused: true }),
  'action.expired': () => ({}),
  'action.guided': () => ({}),
  'action.skipped': ({ by }, { refused }) => ({ refused: refused || isPerson(by) }),
  'action.started': ({ inverting, by, at }, { undos, undoneSince, refused }) =>
    inverting
      ? {
          ...{ undos: undos + 1, undoLooks: 0, refused: refused || isPerson(by) },
          undoneSince: isPerson(by) ? at : undoneSince || at,
        }
      : {},
  'action.finished': ({ outcome, vendorRef, alreadyInForce, at }, { unknowns, unknownSince }) => ({
    ours: vendorRef !== '' || (outcome === 'OUTCOME_UNKNOWN' && !alreadyInForce),
    foreign: alreadyInForce,
    outcome,
    finishedAt: at,
    ...(outcome === 'OUTCOME_UNKNOWN'
      ? { unknowns: unknowns + 1, unknownSince: unknownSince || at, unknownAt: at }
      : {}),
  }),
  'action.not-verified': ({ inverting, look, reason }) => ({
    ...(inverting ? { undoLooks: look } : { looks: look }),
    unverified: reason,
  }),
  'action.verified': () => ({}),
  'action.reverted': () => ({}),
  // What gives back is proposed by people alone.
  'action.superseded': ({ inverting }, { refused }) => ({ refused: refused || !inverting }),
  'action.revert-failed': () => ({}),
  'action.done-by-customer': () => ({}),
  'action.wanted-again': ({ state, wanted, at }) => ({
    wantedFor: joinedAt(wanted, at),
    waiting: hasEndedUnheld(state) ? null : wanted,
  }),
};

/**
 * When that came about by which an action ended: what joined its case until then is bound by it. That it is over is
 * heard of, or seen, later.
 */
const endOf = (fact: ActionFact, { expiresAt, undoneSince }: ActionLife): number => {
  switch (fact.type) {
    case 'action.expired':
      return Math.min(expiresAt || fact.at, fact.at);
    case 'action.skipped':
      return Math.min(fact.since ?? fact.at, fact.at);
    case 'action.reverted':
      return undoneSince || fact.at;
    case 'action.superseded':
      return Math.min(undoneSince || fact.at, fact.observedAt || fact.at);
    default:
      return fact.at;
  }
};

/** Total: a fact it does not know leaves the life as it is. */
export const evolve = (life: ActionLife, fact: ActionFact): ActionLife => {
  const change = changes[fact.type] as ((fact: ActionFact, life: ActionLife) => Change) | undefined;
  if (!change) return life;
  const standing = life.state === 'NONE' ? undefined : { state: life.state, beforeUndo: life.beforeUndo };
  const stands = standingAfter(standing, stateTold(fact));
  const endedAt = life.state === stands.state ? life.endedAt : hasEndedUnheld(stands.state) ? endOf(fact, life) : 0;
  return { ...life, unverified: null, ...change(fact, life), endedAt, ...stands };
};
