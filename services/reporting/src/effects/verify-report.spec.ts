import type { FindingRepeated, ReportMade } from '#contracts';
import type { Heard, Typed } from '#libs/model';
import { viewsInMemory } from '#libs/store';
import { DAY_MS } from '#libs/terms';
import { heard } from '#libs/testing';
import { caseFacts, MINUTE, raised, receipt, state } from '../../test/facts.js';
import { minute, theWeek } from '../../test/samples.js';
import { canonicalBytes, hashOf } from '../domain/report/canonical-json.js';
import { reportOf } from '../domain/report/compose.js';
import { reporting } from '../reporting.module.js';
import { readJournals } from './read-journals.js';
import { foldedAsMade, verifyStored } from './verify-report.js';

const shows = reporting.shows ?? [];
const settings = state('acme', 'EN');
const said = (message: Typed, time: number): Heard => heard(message, { time });
const begin = minute(0);

const before: Heard[] = [
  said(settings, begin - DAY_MS),
  said(raised(begin), begin),
  ...caseFacts(begin).map((fact, index) =>
    heard(fact, { time: begin + 5 * MINUTE, sequence: { version: index + 1, index: 0, count: 1 } }),
  ),
  said(receipt(0, 9, begin), begin),
];
const repeated = (count: number): FindingRepeated => ({
  ...{ type: 'finding.repeated', findingId: 'f1', count, lastOccurredAt: begin, at: theWeek.to + count * MINUTE },
});
/** Of a quarter of a year after: what is kept of the week is pushed out, and of a later fact it told nothing. */
const after: Heard[] = [
  ...Array.from({ length: 100 }, (_, index) => said(repeated(index + 2), theWeek.to + (index + 2) * MINUTE)),
  said({ ...raised(begin + MINUTE), findingId: 'late' } as Typed, theWeek.to + DAY_MS),
  said(receipt(10, 19, theWeek.to + 90 * DAY_MS), theWeek.to + 90 * DAY_MS),
];

const madeOf = async (facts: readonly Heard[]): Promise<ReportMade> => {
  const [kind, language] = ['WEEKLY', 'EN'] as const;
  const journals = await readJournals(viewsInMemory(shows, facts), 'acme', {
    ...theWeek,
    kind,
    timeZone: settings.timeZone,
  });
  const data = reportOf(journals, { kind, language, settings, ...theWeek });
  const figures = canonicalBytes(data);
  return {
    ...{ type: 'report.made', reportId: 'r1', kind, language, ...theWeek, figures, figuresHash: hashOf(figures) },
    ...{ verdict: data.verdict.sentence, colour: data.verdict.colour, pdf: Buffer.alloc(0), send: false },
    at: theWeek.to + MINUTE,
  };
};

it('finds a report as it was made, however long ago and whatever was written since', async () => {
  const made = await madeOf(before);
  const facts = { verify: async () => [], stream: async () => ({ facts: [said(made, made.at)] }) };
  const store = { facts: () => facts } as unknown as Parameters<typeof verifyStored>[0];
  const verified = await verifyStored(
    store,
    'acme',
    'r1',
    foldedAsMade(shows, async (take) => take([...before, ...after])),
  );
  expect(verified.differences).toEqual([]);
});
