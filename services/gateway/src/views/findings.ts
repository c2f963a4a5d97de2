import type {
  ClusteringCaseSplit,
  ClusteringCasesMerged,
  ClusteringFindingPlaced,
  FindingRaised,
  FindingRepeated,
} from '#contracts';
import { cut, type Heard, type View } from '#libs/model';

type FindingFact =
  | FindingRaised
  | FindingRepeated
  | ClusteringFindingPlaced
  | ClusteringCaseSplit
  | ClusteringCasesMerged;
type RaisedFields = Omit<
  FindingRaised,
  'type' | 'events' | 'kind' | 'assets' | 'identities' | 'indicators' | 'windowStart' | 'windowEnd' | 'ingestedAt'
>;

/**
 * Placement and repetition may be heard before the finding itself: `raised` says whether there is something to show.
 */
export interface FindingDoc extends Partial<RaisedFields> {
  raised: boolean;
  findingId: string;
  caseId: string | null;
  count: number;
}

/** Older facts know no bound of a rule's texts. */
const ruleOf = (rule: FindingRaised['rule']): FindingRaised['rule'] => ({
  ...rule,
  title: cut(rule.title, 300),
  description: cut(rule.description, 4_096),
  runbook: cut(rule.runbook, 16_384),
  falsePositives: rule.falsePositives.slice(0, 50).map((one) => cut(one, 1_000)),
});

const raisedOf = ({
  findingId,
  rule,
  ruleVersion,
  groupKey,
  severity,
  confidence,
  techniques,
  tactics,
  entities,
  source,
  occurredAt,
  detectedAt,
  eventsTruncated,
  explanation,
}: FindingRaised): RaisedFields => ({
  findingId,
  rule: ruleOf(rule),
  ruleVersion: ruleVersion ?? null,
  groupKey: cut(groupKey, 1_000),
  severity,
  confidence,
  techniques: techniques.slice(0, 50),
  tactics: tactics.slice(0, 50),
  entities: entities.slice(0, 100),
  source,
  occurredAt,
  detectedAt,
  eventsTruncated,
  explanation: explanation.slice(0, 100).map((one) => ({ ...one, value: cut(one.value, 2_000) })),
});

const keysOf = ({ message }: Heard<FindingFact>): string[] => {
  switch (message.type) {
    case 'finding.raised':
    case 'finding.repeated':
      return [message.findingId];
    case 'clustering.finding-placed':
      return [message.finding.findingId];
    case 'clustering.case-split':
    case 'clustering.cases-merged':
      return message.findings.map(({ findingId }) => findingId);
  }
};

/** Raised again after a restart, a finding is the one that was found first, as for whoever keeps it. */
const isFirst = (doc: { detectedAt?: number } | undefined, { detectedAt }: FindingRaised): boolean =>
  detectedAt < (doc?.detectedAt ?? Infinity);

const changed = (doc: FindingDoc, message: FindingFact): Partial<FindingDoc> => {
  switch (message.type) {
    case 'finding.raised':
      return isFirst(doc, message) ? { ...raisedOf(message), raised: true } : {};
    case 'finding.repeated':
      return { count: Math.max(doc.count, message.count) };
    case 'clustering.finding-placed':
    case 'clustering.case-split':
      return { caseId: message.caseId };
    case 'clustering.cases-merged':
      return { caseId: message.intoCaseId };
  }
};

/**
 * Findings with the case they belong to now. What a finding says is what was said first, and where it belongs comes
 * from clustering's one stream: the order across the two does not matter.
 */
export const findings: View<FindingDoc, FindingFact> & { indexes: string[] } = {
  name: 'findings',
  hears: [
    'finding.raised',
    'finding.repeated',
    'clustering.finding-placed',
    'clustering.case-split',
    'clustering.cases-merged',
  ],
  indexes: ['detectedAt', 'caseId'],
  keys: keysOf,
  show: (before, { message }, findingId) => {
    const doc = before ?? { raised: false, findingId, caseId: null, count: 1 };
    return { ...doc, ...changed(doc, message) };
  },
};

export interface FindingEventsDoc {
  detectedAt: number;
  /** Those shown before envelopes were kept have none. */
  events: { id: string; occurredAt: number; entity: string; native: string; envelope?: string | null }[];
}

/** The events that triggered a finding, apart: they are large and seldom wanted. */
export const findingEvents: View<FindingEventsDoc, FindingRaised> = {
  name: 'finding-events',
  hears: ['finding.raised'],
  keys: ({ message }) => [message.findingId],
  show: (doc, { message }) =>
    doc && !isFirst(doc, message)
      ? doc
      : {
          detectedAt: message.detectedAt,
          events: message.events.map(({ id, occurredAt, entity, native, envelope }) => ({
            id,
            occurredAt,
            entity,
            native: native.toString('utf8'),
            envelope: envelope?.toString('utf8') ?? null,
          })),
        },
};
