/** One event that matched a rule which feeds a correlation. */
export type Match = {
  /** Whose state it belongs to: correlations of different scopes never meet. */
  scope: string;
  /** The correlation that raises (see Route) and the place in it that the rule feeds. */
  correlationId: string;
  node: number;
  ruleId: string;
  eventId: string;
  /** Event time, epoch ms. */
  occurredAt: number;
  /** What Route.fields names, as the event has it. */
  values: Readonly<Record<string, string>>;
  /** Kept beside the event and given back with a finding; means nothing here. */
  note?: string;
  /** The same for what is large: kept of the latest three of a group only. */
  attachment?: string;
  /**
   * Where event time is told from: events of one stream come in order, give or take the lateness. Default: one stream.
   */
  stream?: string;
  /** Nothing of this stream is to come from before this time. Default: the newest seen less `latenessMs`. */
  upTo?: number;
  /** When it was heard, by one clock for all streams: tells which streams have fallen silent. Epoch ms. */
  heardAt?: number;
};

/** Event time of a stream, told without a match. */
export type Passed = { scope: string; correlationId: string; stream?: string; upTo: number; heardAt?: number };

/** One of at most ten events behind a finding. */
export type Sample = { eventId: string; ruleId: string; at: number; note?: string; attachment?: string };

/** A correlation's condition was met by a group. */
export type Fired = {
  correlationId: string;
  scope: string;
  /** Names as in the correlation's group-by, values in lower case. */
  group: Readonly<Record<string, string>>;
  /** `user=ada host=ws5`. */
  groupKey: string;
  /** Both inclusive. The end names the finding: it does not depend on the order in which events came. */
  windowStart: number;
  windowEnd: number;
  firstAt: number;
  lastAt: number;
  /** What was counted, summed or averaged. Counts stop at what the condition needs. */
  value: number;
  samples: Sample[];
};

/** A match from before the watermark: it takes no part. `repeated`: it is known to have taken part before. */
export type Late = {
  correlationId: string;
  scope: string;
  ruleId: string;
  eventId: string;
  occurredAt: number;
  watermark: number;
  repeated: boolean;
};

/** State given up to stay within bounds: a group's, or matches that were decided upon before their time. */
export type Evicted = { correlationId: string; scope: string; groupKey: string };

export type Outcome = { fired: Fired[]; late: Late[]; evicted: Evicted[] };

export type Options = {
  /** How much later than the newest of its stream an event may come. Default 60 000. */
  latenessMs?: number;
  /** A stream unheard for so long (while others are heard) is not waited for. Default 300 000. */
  idleMs?: number;
  /** Groups kept for one correlation and scope. Default 100 000. */
  mostGroups?: number;
  /** Estimate of all that is kept. Default 32 MiB. */
  mostBytes?: number;
};

export type CorrelationBounds = Required<Options>;
