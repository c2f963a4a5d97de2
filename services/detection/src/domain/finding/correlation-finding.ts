import type { DetectionMatch, Entity, EventContext, FindingRaised, MatchedField, SourceKind } from '#contracts';
import { boundedKey, correlatedIdOf } from '#libs/rules';
import type { Fired, Sample } from '#libs/sigma';
import { ENTITIES_AT_MOST, entitiesOf } from './entities.js';
import { contextOf, triggersOf } from './evidence.js';
import type { Detection } from '../hits/hit.js';
import { confidenceOf, severityOf } from './severity.js';

/** What a finding wants to know of an event, kept beside it while it is counted. */
interface Note extends Pick<DetectionMatch, 'ingestedAt' | 'entity' | 'entities' | 'context'> {
  source: string;
  kind: SourceKind;
}

const VALUE_AT_MOST = 1_024;
const EVENTS_SHOWN = 10;

export const noteOf = (
  { ingestedAt, entity, entities, context }: DetectionMatch,
  { source, kind }: { source: string; kind: SourceKind },
): string => JSON.stringify({ ingestedAt, entity, entities, context: context ?? null, source, kind } satisfies Note);

/** The event's bytes, a character for each; undefined when there are none. */
export const attachmentOf = ({ native }: DetectionMatch): string | undefined =>
  native.length === 0 ? undefined : native.toString('latin1');

/** What a name of a group means, by how fields of that meaning are called; the first that fits. */
const MEANINGS: [kind: string, name: RegExp][] = [
  ['ip-address', /(^|[._-])(src|dest|dst|source|client|remote)?[._-]?ip($|[._-])|ip_?addr|ipaddress/i],
  ['hostname', /host|computer|workstation|device/i],
  ['resource-uid', /arn$|principalid/i],
  ['email-address', /e?mail/i],
  ['user-name', /user|account|actor|alternateid|subject/i],
];
const ADDRESS = /^[0-9a-f.:]{3,45}$/i;

const groupEntities = (group: Fired['group']): Entity[] => {
  const observables = Object.entries(group).flatMap(([name, value]) => {
    const [kind] =
      ADDRESS.test(value) && /[.:]/.test(value)
        ? ['ip-address']
        : (MEANINGS.find(([, pattern]) => pattern.test(name)) ?? []);
    return kind === undefined ? [] : [{ kind, value }];
  });
  return entitiesOf([{ entity: '', observables, ocsf: {} }]);
};

/** First what the group is about, then what its events are about. */
const entitiesIn = ({ group }: Fired, notes: Note[]): Entity[] => {
  const main = entitiesOf(notes.map(({ entity }) => ({ entity, observables: [], ocsf: {} })));
  const all = [...groupEntities(group), ...main, ...notes.flatMap(({ entities }) => entities)];
  return [...new Map(all.map((one) => [`${one.kind}:${one.value}`, one])).values()].slice(0, ENTITIES_AT_MOST);
};

const explained = (
  { value, group, windowStart, windowEnd, samples }: Fired,
  how: string,
  titleOf: (ruleId: string) => string,
): MatchedField[] => [
  { selection: how, field: 'measured', value: `${value} in ${Math.round((windowEnd - windowStart) / 1000)} s` },
  ...Object.entries(group).map(([field, text]) => ({
    selection: 'group-by',
    field,
    value: text.slice(0, VALUE_AT_MOST),
  })),
  ...samples.map(({ ruleId, eventId, at }) => ({
    selection: titleOf(ruleId),
    field: new Date(at).toISOString(),
    value: eventId,
  })),
];

/** More than what is shown has counted. */
const isCut = ({ value, samples }: Fired, how: string): boolean =>
  how.startsWith('value_') && how !== 'value_count' ? samples.length >= EVENTS_SHOWN : samples.length < value;

/**
 * The finding of a correlation that fired.
 * @param detection what the correlation says of itself. @param how its type. @param now epoch ms: when it was detected.
 */
export const correlatedFinding = (
  fired: Fired,
  detection: Detection,
  { how, titleOf, now }: { how: string; titleOf: (ruleId: string) => string; now: number },
): FindingRaised => {
  const { groupKey, windowStart, windowEnd, firstAt, samples } = fired;
  const noted = samples.map((sample: Sample) => ({ ...sample, ...(JSON.parse(sample.note ?? '{}') as Note) }));
  const contexts = noted.flatMap(({ context }): EventContext[] => (context ? [context] : []));
  const { id, title, level, description, falsePositives, runbook, techniques, tactics } = detection;
  const events = noted.map(({ eventId, at, ingestedAt, entity, attachment = '' }) => ({
    id: eventId,
    occurredAt: at,
    ingestedAt,
    entity,
    native: Buffer.from(attachment, 'latin1'),
  }));
  const triggers = triggersOf(events);
  const last = noted[noted.length - 1];
  return {
    type: 'finding.raised',
    findingId: correlatedIdOf(fired),
    rule: { id, title, level, description, falsePositives, runbook },
    ruleVersion: detection.version ?? null,
    groupKey: boundedKey(groupKey),
    windowStart,
    windowEnd,
    severity: severityOf(detection, contexts),
    confidence: confidenceOf(detection, contexts),
    techniques,
    tactics,
    entities: entitiesIn(fired, noted),
    source: last?.source ?? '',
    kind: last?.kind ?? 'UNKNOWN',
    occurredAt: firstAt,
    ingestedAt: Math.min(...noted.map(({ ingestedAt }) => ingestedAt)),
    detectedAt: now,
    ...triggers,
    eventsTruncated: triggers.eventsTruncated || isCut(fired, how) || events.some(({ native }) => native.length === 0),
    ...contextOf(contexts),
    explanation: explained(fired, how, titleOf),
  };
};
