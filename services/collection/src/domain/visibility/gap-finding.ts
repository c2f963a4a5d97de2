import type { FindingRaised, MatchedField, RuleRef, VisibilityGapFound } from '#contracts';
import { idOf } from '#libs/model';
import { VISIBILITY_RULES, type GapKind } from '#libs/terms';
import { subjectOfGap } from './gap.js';

type GapWords = Omit<RuleRef, 'id' | 'level'>;

const AS_IT_IS = 'Contain: nothing is under attack by this alone; whoever wants to be unseen may have switched it off.';

const WORDS: Record<GapKind, (gap: VisibilityGapFound) => GapWords> = {
  SOURCE_SILENT: ({ source }) => ({
    title: `Telemetry source ${source} is silent`,
    description: `No event of the source ${source} was accepted for longer than it may be silent, while the installation watched and had read all that had arrived.`,
    falsePositives: ['maintenance at the customer', 'a holiday, for a source that only people feed'],
    runbook: `Triage: is the sender down, or is its credential, forwarder or network gone? Did others of the same customer stop too?
Scope: what is not seen since the time told; other sources may show the same hosts.
${AS_IT_IS}
Recover: mend the sender. This ends by itself when events arrive.`,
  }),
  SOURCE_REDUCED: ({ source }) => ({
    title: `Telemetry source ${source} sends half of what is normal, or less`,
    description: `Within an hour the source ${source} brought half of what is normal for that hour of the week, or less.`,
    falsePositives: ['a holiday', 'a filter or a licence that was changed at the customer'],
    runbook: `Triage: which hosts, or which kinds of events, are missing against the day before?
Scope: what is not seen since the hour told.
${AS_IT_IS}
Recover: mend the sender. This ends by itself when an hour is more than half of normal.`,
  }),
  ASSET_SILENT: ({ host, source }) => ({
    title: `Asset ${host} stopped sending`,
    description: `The source ${source} told of ${host} regularly and does not any more, for longer than ever before, while it tells of others.`,
    falsePositives: ['the asset was switched off or taken out of use'],
    runbook: `Triage: is the host up? Is its agent running, and who stopped it?
Scope: what the host and its users did last, and what others did with it since.
${AS_IT_IS}
Recover: start the agent, or take the asset off the list. This ends by itself when the host is seen.`,
  }),
  PULL_FAILING: ({ source }) => ({
    title: `Telemetry source ${source} cannot be pulled from its vendor`,
    description: `The vendor does not answer, or does not let us read the source ${source}. What it keeps is read once it does.`,
    falsePositives: ['an outage of the vendor', 'a credential that expired or was rotated'],
    runbook: `Triage: \`vigie pull status\` names the reason. Was the credential rotated, expired or taken away, and by whom?
Scope: what is not seen since the time told; the vendor keeps it, each for as long as it does.
${AS_IT_IS}
Recover: mend the credential or its rights. This ends by itself when the vendor answers.`,
  }),
  PARSER_FAILING: ({ source }) => ({
    title: `Much of what ${source} sends cannot be read`,
    description: `Within an hour too large a share of what the source ${source} sent became dead letters, which no rule sees.`,
    falsePositives: ['a test of the sender'],
    runbook: `Triage: look at the dead letters of the source: which reason, since when, what changed at the sender?
Scope: what is not seen since the time told.
${AS_IT_IS}
Recover: mend the sender or the source's mapping, then replay the dead letters. This ends by itself when what arrives can be read.`,
  }),
};

const TIMES: readonly string[] = ['lastEventAt', 'hourFrom'];

const explained = ({ figures }: VisibilityGapFound): MatchedField[] =>
  figures.map(({ name, value }) => ({
    selection: 'visibility',
    field: name,
    value: TIMES.includes(name) ? new Date(value).toISOString() : String(value),
  }));

/** The finding that tells of a gap; none of a kind that nobody here knows. */
export const gapFinding = (tenant: string, gap: VisibilityGapFound): FindingRaised | undefined => {
  if (gap.kind === 'UNKNOWN') return undefined;
  const id = VISIBILITY_RULES[gap.kind];
  const { severity, source, sourceKind, host, since, at } = gap;
  return {
    type: 'finding.raised',
    findingId: idOf(tenant, id, subjectOfGap(gap), since),
    rule: { id, level: severity, ...WORDS[gap.kind](gap) },
    ruleVersion: null,
    groupKey: subjectOfGap(gap),
    windowStart: since,
    windowEnd: at,
    severity,
    confidence: 100,
    techniques: [],
    tactics: [],
    entities: host ? [{ kind: 'host', value: host }] : [],
    source,
    kind: sourceKind,
    occurredAt: since,
    ingestedAt: at,
    detectedAt: at,
    events: [],
    eventsTruncated: false,
    explanation: explained(gap),
    assets: [],
    identities: [],
    indicators: [],
  };
};
