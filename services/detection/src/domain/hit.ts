import type { EventContext, Severity, SourceKind, TelemetryEvent } from '#contracts';
import { idOf } from '#libs/model';

/** What a finding says of the detection behind it. */
export interface Detection {
  id: string;
  title: string;
  level: Severity;
  /** Sigma's: stable, test, experimental, deprecated, unsupported. */
  status: string;
  description: string;
  falsePositives: string[];
  runbook: string;
  techniques: string[];
  tactics: string[];
  windowMs: number;
  /** Of the text it was loaded from; none where there is no file. */
  version?: string;
}

/** What detection reads of an event. */
export type SeenEvent = Pick<
  TelemetryEvent,
  'id' | 'occurredAt' | 'ingestedAt' | 'entity' | 'observables' | 'partition' | 'offset' | 'index' | 'native'
> & {
  ocsf: { cloud?: { accountUid?: string | null } | null };
};

/** Where a batch comes from. */
export interface Origin {
  tenant: string;
  /** Name of the source. */
  source: string;
  kind: SourceKind;
}

/** A match as a correlation takes it. */
export interface Feed {
  correlationId: string;
  /** Place in the correlation. */
  node: number;
  /** Values of the correlation's group: matches with other values never meet. */
  group: string[];
  /** Fields the correlation asks for. */
  values: Record<string, string>;
  /** What has to be known to tell it of event time. */
  waits: Waits;
}

/** How long and for whom a correlation waits. */
export interface Waits {
  /** Kinds of the sources that feed it; none: any. */
  kinds: SourceKind[];
  /** After a match, event time matters for so long; 0 when windows are not decided at their end. */
  horizonMs: number;
  /** How finely. */
  stepMs: number;
}

/** A detection matched an event. */
export interface Hit {
  detection: Detection;
  event: SeenEvent;
  context: EventContext | undefined;
  groupKey: string;
  /** Correlations that the match feeds. */
  feeds?: Feed[];
  /** The rule only feeds correlations: it raises no finding of its own. */
  isSilent?: true;
}

const LONGEST_KEY = 512;

/** What hits are grouped by, no longer than others may have to show: what is cut off still tells groups apart. */
export const boundedKey = (key: string): string =>
  key.length <= LONGEST_KEY ? key : `${key.slice(0, LONGEST_KEY)} ${idOf(key)}`;
