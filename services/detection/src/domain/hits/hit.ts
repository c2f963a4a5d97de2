import type { EventContext, Severity, SourceKind, TelemetryEvent } from '#contracts';
import type { CorrelationFeed } from '#libs/rules';

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
  /** None of those who make events up themselves. */
  flags?: TelemetryEvent['flags'];
  envelope?: TelemetryEvent['envelope'];
  ocsf: { cloud?: { accountUid?: string | null } | null };
};

/** Where a batch comes from. */
export interface Origin {
  tenant: string;
  /** Name of the source. */
  source: string;
  kind: SourceKind;
}

/** A detection matched an event. */
export interface Hit {
  detection: Detection;
  event: SeenEvent;
  context: EventContext | undefined;
  groupKey: string;
  /** Correlations that the match feeds. */
  feeds?: CorrelationFeed[];
  /** The rule only feeds correlations: it raises no finding of its own. */
  isSilent?: true;
}
