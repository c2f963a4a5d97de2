import type { ActionOutcome, UnverifiedReason } from '#contracts';
import type { ConnectorAction, FoundEffect, PollState, IdentifiedTarget } from '../connectors/connector.js';
import { OutcomeUnknown, Unsupported, VendorUnavailable } from './errors.js';
import type { VendorSession } from './open.js';

export interface RunResult {
  outcome: ActionOutcome;
  /** One sentence for people. */
  detail: string;
  /**
   * Under which the vendor knows what this action did. Empty if it gave none, or if what is in force is not this
   * action's own, as far as is known.
   */
  vendorRef: string;
  /** The effect was there before and nothing was sent: somebody else's doing. */
  alreadyInForce?: boolean;
}

export interface RunOptions {
  /** The action's id: the same for every attempt at the same action. */
  idempotencyKey: string;
  /** An earlier attempt may have got through: if the vendor cannot be asked first, the outcome is unknown. */
  resumed?: boolean;
  /** Asked right before anything is sent that acts. What it throws is thrown, and nothing was sent. */
  mayAct?: (() => Promise<void>) | undefined;
  signal?: AbortSignal;
  /** Default 2,000. */
  pollEveryMs?: number;
  /** After this the outcome is unknown; default 10 minutes. */
  pollForMs?: number;
}

export interface Reconciliation extends RunResult {
  /** The vendor was asked and has no trace of it: running it again cannot do it twice. */
  mayRepeat: boolean;
}

export interface EffectSeen {
  /** False: what was seen neither proves nor disproves the effect; look again later. */
  conclusive: boolean;
  effective: boolean;
  /** Why it is not conclusive; UNKNOWN where it is. */
  reason: UnverifiedReason;
  /** One sentence: what was looked at, and what was seen. */
  evidence: string;
  /** Up to when what was seen reaches, by the vendor's clock (epoch ms). */
  observedAt: number;
  /** How long after the vendor's word its effect may take to show. */
  lagMs: number;
}

const POLL_EVERY_MS = 2_000;
const POLL_FOR_MS = 600_000;

/**
 * Carries out an action and waits for the vendor's word: asks first whether it is there already, waits for what others
 * have under way there, submits it at most once, polls. Never throws for anything the vendor or the network does. A
 * success is only the vendor's word: verify it.
 */
export const runAction = async (
  session: VendorSession,
  actionClass: string,
  who: IdentifiedTarget,
  options: RunOptions,
): Promise<RunResult> => {
  const action = supported(session, actionClass, who);
  if (typeof action === 'string') return { outcome: 'UNSUPPORTED', detail: action, vendorRef: '' };
  try {
    const found = await foundAtRest(session, action, who, options);
    if (found.state === 'TURNING')
      return { outcome: 'FAILED', detail: `nothing was sent: ${found.evidence}`, vendorRef: '' };
    if ((found.state === 'ALREADY' || found.state === 'UNTOLD') && !options.resumed)
      return {
        outcome: 'SUCCEEDED',
        detail: `it was in force already, nothing was sent: ${found.evidence}`,
        vendorRef: '',
        alreadyInForce: true,
      };
    if (found.state !== 'ABSENT') return await settled(session, action, found, options);
  } catch (error) {
    return failedAfter(error, options);
  }
  await options.mayAct?.();
  try {
    const { vendorRef, missing } = await action.submit(session.api, who, options);
    return without(await outcomeOf(session, action, vendorRef, options), missing);
  } catch (error) {
    return failure(error);
  }
};

/**
 * Settles OUTCOME_UNKNOWN by asking the vendor; sends nothing that acts. Ask some seconds after the attempt ended, or a
 * request still under way is missed.
 */
export const reconcileAction = async (
  session: VendorSession,
  actionClass: string,
  who: IdentifiedTarget,
  options: RunOptions,
): Promise<Reconciliation> => {
  const action = supported(session, actionClass, who);
  if (typeof action === 'string') return { outcome: 'UNSUPPORTED', detail: action, vendorRef: '', mayRepeat: false };
  try {
    const found = await action.find(session.api, who, options.idempotencyKey, options.signal);
    if (found.state === 'TURNING')
      return { outcome: 'OUTCOME_UNKNOWN', detail: found.evidence, vendorRef: '', mayRepeat: false };
    if (found.state === 'ABSENT')
      return { outcome: 'FAILED', detail: `it was not done: ${found.evidence}`, vendorRef: '', mayRepeat: true };
    return { ...(await settled(session, action, found, options)), mayRepeat: false };
  } catch (error) {
    return {
      outcome: 'OUTCOME_UNKNOWN',
      detail: `the vendor could not be asked: ${sentence(error)}`,
      vendorRef: '',
      mayRepeat: false,
    };
  }
};

/**
 * Looks for the effect. `since`: when the action finished (epoch ms). Never throws. Proof counts at once, the contrary
 * only once the vendor's lag is over; whatever else is seen, and a vendor that could not be asked, decides nothing.
 */
export const verifyAction = async (
  session: VendorSession,
  actionClass: string,
  who: IdentifiedTarget,
  since: number,
  signal?: AbortSignal,
): Promise<EffectSeen> => {
  const action = supported(session, actionClass, who);
  const now = session.api.clock.now();
  if (typeof action === 'string') return unseen('UNKNOWN', action, now, 0);
  const { lagMs } = action;
  try {
    const seen = await action.verify(session.api, who, since, signal);
    const { evidence, observedAt } = seen;
    if (seen.verdict === 'NOT_YET') return unseen(seen.reason, evidence, observedAt, lagMs);
    if (seen.verdict === 'INEFFECTIVE' && session.api.clock.now() < since + lagMs)
      return unseen('VENDOR_LAG', evidence, observedAt, lagMs);
    return {
      conclusive: true,
      effective: seen.verdict === 'EFFECTIVE',
      reason: 'UNKNOWN',
      evidence,
      observedAt,
      lagMs,
    };
  } catch (error) {
    return unseen('VENDOR_UNAVAILABLE', `the effect could not be looked for: ${sentence(error)}`, now, lagMs);
  }
};

/** A look that decides nothing. */
export const unseen = (reason: UnverifiedReason, evidence: string, observedAt: number, lagMs: number): EffectSeen => ({
  conclusive: false,
  effective: false,
  reason,
  evidence,
  observedAt,
  lagMs,
});

/**
 * Runs the inverse of an action class under a key of its own, unless what is in force is surely another's than that of
 * the key it `undoes`; UNSUPPORTED if this vendor offers none.
 */
export const undoAction = async (
  session: VendorSession,
  actionClass: string,
  who: IdentifiedTarget,
  options: RunOptions & { undoes: string },
): Promise<RunResult> => {
  const action = session.action(actionClass);
  if (!action?.inverse)
    return {
      outcome: 'UNSUPPORTED',
      detail: `${session.vendor} offers nothing that undoes ${actionClass}`,
      vendorRef: '',
    };
  try {
    const foreign = await action.foreign?.(session.api, who, options.undoes, options.signal);
    if (foreign)
      return { outcome: 'FAILED', detail: `${foreign}: it is not lifted, propose ${action.inverse}`, vendorRef: '' };
  } catch (error) {
    return failedAfter(error, options);
  }
  return runAction(session, action.inverse, who, options);
};

/** What is found once nothing is under way at the target; what is found still turning after the time to poll. */
const foundAtRest = async (
  { api }: VendorSession,
  action: ConnectorAction,
  who: IdentifiedTarget,
  { idempotencyKey, signal, pollEveryMs, pollForMs }: RunOptions,
): Promise<FoundEffect> => {
  const giveUpAt = api.clock.now() + (pollForMs ?? POLL_FOR_MS);
  for (;;) {
    const found = await action.find(api, who, idempotencyKey, signal);
    if (found.state !== 'TURNING' || signal?.aborted || api.clock.now() >= giveUpAt) return found;
    await api.clock.sleep(pollEveryMs ?? POLL_EVERY_MS, signal).catch(() => undefined);
  }
};

const supported = (session: VendorSession, actionClass: string, who: IdentifiedTarget): ConnectorAction | string => {
  const action = session.action(actionClass);
  if (!action) return `${session.vendor} does not offer ${actionClass}`;
  return action.targetKind === who.kind
    ? action
    : `${actionClass} acts on a ${action.targetKind.toLowerCase()}, not on the ${who.kind.toLowerCase()} ${who.name}`;
};

/** What came of an attempt that began before and whose effect, or trace, was found: waited for, then completed. */
const settled = async (
  session: VendorSession,
  action: ConnectorAction,
  found: Extract<FoundEffect, { vendorRef: string }>,
  options: RunOptions,
): Promise<RunResult> => {
  if (found.state === 'UNTOLD') return { outcome: 'OUTCOME_UNKNOWN', detail: found.evidence, vendorRef: '' };
  const ours = found.state === 'OURS';
  const result: RunResult = ours
    ? await outcomeOf(session, action, found.vendorRef, options)
    : {
        outcome: 'SUCCEEDED',
        detail: 'found in force; nothing says that this action did it, so it is not lifted by itself',
        vendorRef: '',
      };
  const missing =
    result.outcome === 'SUCCEEDED' ? await action.complete?.(session.api, found.vendorRef, options.signal) : undefined;
  return without({ ...result, detail: `${found.evidence}; ${result.detail}` }, missing);
};

const without = (result: RunResult, missing: string | undefined): RunResult =>
  missing && result.outcome === 'SUCCEEDED'
    ? { ...result, outcome: 'PARTIAL', detail: `${result.detail}, but ${missing}` }
    : result;

const outcomeOf = async (
  session: VendorSession,
  action: ConnectorAction,
  vendorRef: string,
  options: RunOptions,
): Promise<RunResult> => {
  const { clock } = session.api;
  const giveUpAt = clock.now() + (options.pollForMs ?? POLL_FOR_MS);
  let last = 'the vendor has not finished';
  for (;;) {
    const state = await asked(session, action, vendorRef, options.signal);
    if (state === 'SUCCEEDED') return { outcome: 'SUCCEEDED', detail: 'the vendor reports success', vendorRef };
    if (state === 'FAILED') return { outcome: 'FAILED', detail: 'the vendor reports failure', vendorRef };
    if (state !== 'PENDING') last = state.unanswered;
    if (options.signal?.aborted || clock.now() >= giveUpAt)
      return { outcome: 'OUTCOME_UNKNOWN', detail: `submitted, but ${last}`, vendorRef };
    // An abort while waiting ends the loop at the check above.
    await clock.sleep(options.pollEveryMs ?? POLL_EVERY_MS, options.signal).catch(() => undefined);
  }
};

/** An unanswered question is asked again: polling changes nothing. */
const asked = async (
  session: VendorSession,
  action: ConnectorAction,
  vendorRef: string,
  signal?: AbortSignal,
): Promise<PollState | { unanswered: string }> => {
  try {
    return await action.poll(session.api, vendorRef, signal);
  } catch (error) {
    return { unanswered: sentence(error) };
  }
};

const failure = (error: unknown): RunResult => {
  const detail = sentence(error);
  if (error instanceof Unsupported) return { outcome: 'UNSUPPORTED', detail, vendorRef: '' };
  if (error instanceof OutcomeUnknown) return { outcome: 'OUTCOME_UNKNOWN', detail, vendorRef: '' };
  return {
    outcome: 'FAILED',
    detail: error instanceof VendorUnavailable ? `nothing was sent that acts: ${detail}` : detail,
    vendorRef: '',
  };
};

/** Before anything is sent: what an attempt that broke off before this one has done is not known. */
const failedAfter = (error: unknown, { resumed }: RunOptions): RunResult => ({
  ...failure(error),
  ...(resumed ? { outcome: 'OUTCOME_UNKNOWN' as const } : {}),
});

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
