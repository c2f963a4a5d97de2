import type { Criticality, EventContext } from '#contracts';
import type { Enricher, PartialContext, EnricherKnowledge, SlimEvent } from '../enrichers/enricher.js';

const WEIGHTS: Record<Criticality, number> = { UNKNOWN: 0, LOW: 0.1, MEDIUM: 0.3, HIGH: 0.6, CRITICAL: 0.8 };
const PRIVILEGED = 0.3;
const INDICATOR = 0.9;

/**
 * 0 to 1: how much what is known of an event raises it. Each part is the chance that it matters; together the chance
 * that any does: 1 - (1 - asset)(1 - identity)(1 - indicator).
 */
export const scoreOf = ({ asset, identity, indicators = [] }: PartialContext): number => {
  const parts = [
    asset ? WEIGHTS[asset.criticality] : 0,
    identity ? Math.max(WEIGHTS[identity.criticality], identity.privileged ? PRIVILEGED : 0) : 0,
    ...indicators.map(({ confidence }) => (confidence / 100) * INDICATOR),
  ];
  return Number((1 - parts.reduce((none, part) => none * (1 - part), 1)).toFixed(4));
};

/** Context of a batch: sparse, and whether everything was asked. */
export interface BatchContext {
  context: EventContext[];
  complete: boolean;
}

/**
 * Values of one batch that are looked up; behind them events go without context. Usual batches have some thousand.
 * Counted, since by the clock a busy machine would look up less.
 */
const MOST_VALUES = 200_000;
/** Of an event, besides its observables: whose asset and identity it is of. */
const VALUES_BESIDE = 2;

/** @param most values that are looked up. */
export const contextOf = (
  events: SlimEvent[],
  enrichers: Enricher[],
  knowledge: EnricherKnowledge,
  failed: (name: string, error: unknown) => void,
  most = MOST_VALUES,
): BatchContext => {
  let left = most;
  const asks = new Map(enrichers.map(({ name, prepare }) => [name, prepare(knowledge)]));
  const context: EventContext[] = [];
  let complete = true;
  const ask = (event: SlimEvent): PartialContext => {
    const found: PartialContext = {};
    for (const [name, of] of asks) {
      try {
        Object.assign(found, of(event));
      } catch (error) {
        failed(name, error);
        asks.delete(name);
        complete = false;
      }
    }
    return found;
  };
  for (const [index, event] of events.entries()) {
    left -= VALUES_BESIDE + event.observables.length;
    if (left < 0) return { context, complete: false };
    const { asset = null, identity = null, indicators = [] } = ask(event);
    if (asset || identity || indicators.length > 0)
      context.push({ index, asset, identity, indicators, score: scoreOf({ asset, identity, indicators }) });
  }
  return { context, complete };
};
