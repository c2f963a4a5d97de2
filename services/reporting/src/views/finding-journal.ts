import type { ClusteringFact, FindingFact, FindingRaised } from '#contracts';
import type { View } from '#libs/model';
import type { FindingJournal } from '../domain/journals/index.js';
import { placeOf } from './in-order.js';

const begin = (findingId: string): FindingJournal => ({ findingId, raised: null, counts: [], places: [] });

const raisedOf = (fact: FindingRaised): NonNullable<FindingJournal['raised']> => ({
  ruleId: fact.rule.id,
  title: fact.rule.title,
  severity: fact.severity,
  techniques: fact.techniques,
  source: fact.source,
  occurredAt: fact.occurredAt,
  ingestedAt: fact.ingestedAt,
  detectedAt: fact.detectedAt,
});

/** Raised again after a restart, it was found when it was found first; that one its owner keeps, too. */
const found = (doc: FindingJournal, fact: FindingRaised): FindingJournal =>
  doc.raised && doc.raised.detectedAt <= fact.detectedAt ? doc : { ...doc, raised: raisedOf(fact) };

const placed = (doc: FindingJournal, version: number, caseId: string, at: number): FindingJournal => ({
  ...doc,
  places: [...doc.places.filter((one) => one.version !== version), { version, caseId, at }].sort(
    (a, b) => a.version - b.version,
  ),
});

const counted = (doc: FindingJournal, count: number, at: number): FindingJournal => ({
  ...doc,
  counts: [...doc.counts.filter((one) => one.count !== count), { count, at }]
    .sort((a, b) => a.count - b.count)
    .slice(-96),
});

type FindingJournalFact = FindingFact | ClusteringFact;

const idsOf = (message: FindingJournalFact): string[] => {
  switch (message.type) {
    case 'finding.raised':
    case 'finding.repeated':
      return [message.findingId];
    case 'clustering.finding-placed':
      return [message.finding.findingId];
    case 'clustering.case-split':
    case 'clustering.cases-merged':
      return message.findings.map(({ findingId }) => findingId);
    default:
      return [];
  }
};

/**
 * One document a finding: the detection, how often it matched, and the case it lies in. Whichever stream is heard
 * first.
 */
export const findingJournal: View<FindingJournal, FindingJournalFact> & { indexes: readonly string[] } = {
  name: 'finding-journal',
  indexes: ['raised.detectedAt'],
  hears: [
    'finding.raised',
    'finding.repeated',
    'clustering.finding-placed',
    'clustering.case-split',
    'clustering.cases-merged',
  ],
  keys: ({ message }) => idsOf(message),
  show: (before, heard, key) => {
    const doc = before ?? begin(key);
    const [version] = placeOf(heard);
    const { message } = heard;
    switch (message.type) {
      case 'finding.raised':
        return found(doc, message);
      case 'finding.repeated':
        return counted(doc, message.count, message.at);
      case 'clustering.finding-placed':
      case 'clustering.case-split':
        return placed(doc, version, message.caseId, message.at);
      case 'clustering.cases-merged':
        return placed(doc, version, message.intoCaseId, message.at);
      default:
        return doc;
    }
  },
};
