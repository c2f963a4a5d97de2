import type { TargetEffectEnded, TargetFact, TargetRecordEffect, TenantState } from '#contracts';
import { Refused, type Decider } from '#libs/model';

/** An action that took something, by its class, and up to when it was seen to hold (epoch ms). */
interface HeldEffect {
  actionId: string;
  takes: string;
  observedAt: number;
}

/** What gave back what a class takes, and up to when that was seen. */
type GivenBack = Omit<TargetRecordEffect, 'type' | 'vendor' | 'vendorId' | 'isTaken'>;

export interface TargetEffects {
  held: HeldEffect[];
  /** The latest of each class, by when it was seen. */
  givenBack: GivenBack[];
}

/** Far more than ever took from one target at once; of more than that the first are forgotten. */
const MOST = 200;

const givenBackAfter = ({ givenBack }: TargetEffects, { takes, observedAt }: HeldEffect): GivenBack | undefined =>
  givenBack.find((one) => one.takes === takes && one.observedAt > observedAt);

const evolve = (state: TargetEffects, fact: TargetFact): TargetEffects => {
  const held = state.held.filter(({ actionId }) => actionId !== fact.actionId);
  if (fact.type === 'target.effect-ended') return { ...state, held };
  const { actionId, caseId, takes, inverting, evidence, observedAt } = fact;
  if (fact.isTaken)
    return givenBackAfter(state, fact)
      ? { ...state, held }
      : { ...state, held: [...held, { actionId, takes, observedAt }].slice(-MOST) };
  const known = state.givenBack.find((one) => one.takes === takes);
  if (known && known.observedAt >= observedAt) return { ...state, held };
  const others = state.givenBack.filter((one) => one !== known);
  return { held, givenBack: [...others, { actionId, caseId, takes, inverting, evidence, observedAt }] };
};

/** Told before: nothing new follows from it. */
const isKnown = (
  { held, givenBack }: TargetEffects,
  { isTaken, actionId, takes, observedAt }: TargetRecordEffect,
): boolean =>
  (isTaken ? held : givenBack).some(
    (one) => one.actionId === actionId && one.takes === takes && one.observedAt === observedAt,
  );

/**
 * What actions took from one target of a vendor, over all cases: one stream a target, so that what one action gave back
 * is no longer said to hold by another. By when it was seen, not by when that is heard: a look at an old release that
 * comes late ends no newer isolation, and an isolation that comes late is over by a release that was seen after it.
 * What was seen at the very same instant ends nothing.
 */
export const targetStream: Decider<TargetEffects, TargetRecordEffect, TargetFact, TenantState> = {
  subject: 'target',
  version: 1,
  key: ({ vendor, vendorId }) => `${vendor}/${vendorId}`,
  initial: () => ({ held: [], givenBack: [] }),
  evolve,
  decide: (request, state, { actor, now }) => {
    if (actor.side !== 'SYSTEM') throw new Refused('only the service itself records effects', 'SYSTEM_ONLY');
    if (isKnown(state, request)) return [];
    const { type: _type, ...seen } = request;
    const { vendor, vendorId, takes, isTaken, actionId, observedAt } = request;
    const ended = (
      whose: string,
      { actionId: byActionId, caseId: byCaseId, inverting, evidence, observedAt: at }: GivenBack,
    ): TargetEffectEnded => ({
      type: 'target.effect-ended',
      vendor,
      vendorId,
      actionId: whose,
      takes,
      byActionId,
      byCaseId,
      inverting,
      evidence,
      observedAt: at,
      at: now,
    });
    const fact: TargetFact = { type: 'target.effect-seen', ...seen, at: now };
    if (isTaken) {
      const by = givenBackAfter(state, request);
      return by && by.actionId !== actionId ? [fact, ended(actionId, by)] : [fact];
    }
    const over = state.held.filter(
      (one) => one.takes === takes && one.actionId !== actionId && one.observedAt < observedAt,
    );
    return [fact, ...over.map((one) => ended(one.actionId, request))];
  },
};
