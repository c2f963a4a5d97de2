import type { EventContext, FindingRaised, TriggerEvent } from '#contracts';
import type { SeenEvent } from '../hits/hit.js';

/** Events that a finding shows at most. */
export const EVENTS_AT_MOST = 10;
const NATIVE_BYTES = 256 * 1024;
const ENVELOPE_BYTES = 64 * 1024;
const CONTEXTS_AT_MOST = 10;
const INDICATORS_AT_MOST = 20;

/**
 * What of the events is embedded: 10 at most, of their bytes 256 KiB and of what stood around them 64 KiB in all; an
 * event that does not fit is named without its bytes, and without what stood around it.
 */
export const triggersOf = (
  events: Omit<SeenEvent, 'observables' | 'ocsf' | 'partition' | 'offset' | 'index'>[],
): Pick<FindingRaised, 'events' | 'eventsTruncated'> => {
  let [left, leftAround] = [NATIVE_BYTES, ENVELOPE_BYTES];
  let truncated = events.length > EVENTS_AT_MOST;
  const embedded = events
    .slice(0, EVENTS_AT_MOST)
    .map(({ id, occurredAt, ingestedAt, entity, native, envelope }): TriggerEvent => {
      const fits = native.length <= left;
      const aroundFits = (envelope?.length ?? 0) <= leftAround;
      if (fits) left -= native.length;
      if (aroundFits) leftAround -= envelope?.length ?? 0;
      truncated ||= !fits || !aroundFits;
      return {
        ...{ id, occurredAt, ingestedAt, entity },
        native: fits ? native : native.subarray(0, 0),
        envelope: (aroundFits && envelope) || null,
      };
    });
  return { events: embedded, eventsTruncated: truncated };
};

const once = <T>(all: (T | null | undefined)[], idOfOne: (one: T) => string, atMost: number): T[] =>
  [...new Map(all.flatMap((one) => (one ? [[idOfOne(one), one] as const] : []))).values()].slice(0, atMost);

export const contextOf = (contexts: EventContext[]): Pick<FindingRaised, 'assets' | 'identities' | 'indicators'> => ({
  assets: once(
    contexts.map(({ asset }) => asset),
    ({ assetId }) => assetId,
    CONTEXTS_AT_MOST,
  ),
  identities: once(
    contexts.map(({ identity }) => identity),
    ({ identityId }) => identityId,
    CONTEXTS_AT_MOST,
  ),
  indicators: once(
    contexts.flatMap(({ indicators }) => indicators),
    ({ indicatorId, value }) => `${indicatorId} ${value}`,
    INDICATORS_AT_MOST,
  ),
});
