/**
 * An enricher: what is known of an event besides itself. To add one:
 *   1. add a field for it to contracts/shared/event-context.avsc (with a default) and run `npm run contracts`;
 *   2. make `<name>/index.ts` exporting an Enricher and `<name>/index.spec.ts`;
 *   3. add it to the sorted list in `index.ts`; a test keeps the list complete.
 * It works on what is in memory (settings, indexes that others fill) and is synchronous: events never wait for context.
 * When it throws, the batch goes on without it, marked incomplete.
 */
import type { EventContext, Observable, TenantState } from '#contracts';
import type { IndicatorIndex } from '../domain/indicator/indicator-index.js';

/** What enrichment reads of an event. */
export interface SlimEvent {
  occurredAt: number;
  entity: string;
  observables: Observable[];
}

/** What enrichers may know. */
export interface EnricherKnowledge {
  tenant: string;
  settings: TenantState | undefined;
  indicators: IndicatorIndex;
}

export type PartialContext = Partial<Pick<EventContext, 'asset' | 'identity' | 'indicators'>>;

export interface Enricher {
  /** Folder name. */
  name: string;
  /** Gets ready for a batch of a tenant. @returns what is known of an event; undefined for nothing. */
  prepare(knowledge: EnricherKnowledge): (event: SlimEvent) => PartialContext | undefined;
}
