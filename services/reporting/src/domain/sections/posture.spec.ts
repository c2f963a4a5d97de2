import type { PostureFact, PostureOpened } from '#contracts';
import { reportOf } from '../report/compose.js';
import { formatterOf } from '../sheet/format.js';
import { sheetOf } from '../sheet/index.js';
import { postureItemBlocks } from '../sheet/posture-items.js';
import { sampleScope, sampleWeek } from '../../../test/sample-week/index.js';
import { aReceipt, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { postureJournal } from '../../views/posture-journal.js';
import { VISIBILITY_RULES } from '#libs/terms';
import { heard, showing } from '#libs/testing';

const carol = { subject: 'carol', side: 'CUSTOMER' } as const;
const service = { subject: 'cases', side: 'SYSTEM' } as const;
const postureId = 'p1';
const opened = (at: number): PostureOpened => ({
  ...{ type: 'posture.opened', postureId, check: 'SOURCE_SILENT', subject: 'network', title: 'network is silent' },
  ...{ severity: 'HIGH', recommendation: '', owner: 'grace', dueAt: null, by: service, at },
});
const observed = (isPresent: boolean, at: number): PostureFact => ({
  ...{ type: 'posture.observed', postureId, gapId: 'g1', isPresent, since: at, figures: [], at },
});
const accepted = (at: number): PostureFact => ({
  ...{ type: 'posture.risk-accepted', postureId, reason: 'a lab', by: carol, at },
});
const journalsOf = (...facts: PostureFact[]) => {
  const streamed = facts.map((fact, index) => heard(fact, { sequence: { version: index + 1, index: 0, count: 1 } }));
  return Object.values(showing(postureJournal).of(...streamed));
};
const report = (language: 'EN' | 'FR' | 'JA', ...facts: PostureFact[]) =>
  reportOf({ ...sampleWeek, postures: journalsOf(...facts) }, sampleScope(language));
const { from, to } = theWeek;

it('posture items stand in a report as they stood at its end', () => {
  expect(report('EN').postureItems).toBeUndefined();
  const begun = [opened(from), observed(true, from)];
  expect(report('EN', ...begun).postureItems).toMatchObject([{ state: 'OPEN', owner: 'grace', accepted: null }]);
  expect(report('EN', ...begun, observed(false, from + 1)).postureItems).toMatchObject([{ state: 'RESOLVED' }]);
  expect(report('EN', ...begun, observed(false, to)).postureItems).toMatchObject([{ state: 'OPEN' }]);
  expect(report('EN', opened(0), observed(true, 0), observed(false, 1)).postureItems).toBeUndefined();
});

it('a silent source that an item tells is not told twice', () => {
  const receipts = sampleWeek.receipts.filter(({ source }) => source !== 'network');
  const kinds = (...facts: PostureFact[]) =>
    reportOf({ ...sampleWeek, receipts, postures: journalsOf(...facts) }, sampleScope('EN')).posture.map(
      ({ kind }) => kind,
    );
  expect(kinds()).toContain('SOURCE_SILENT');
  expect(kinds(opened(from), observed(true, from))).not.toContain('SOURCE_SILENT');
});

it.each([
  ['EN', 'Telemetry source network is silent', 'Risk accepted', 'carol'],
  ['FR', 'La source de télémétrie network est muette', 'Risque accepté', 'carol'],
  ['JA', 'テレメトリソース network が無通信です', 'リスク受容', 'carol'],
] as const)('in %s they say what it is, where it stands and who accepted the risk', (language, ...words) => {
  const page = JSON.stringify(sheetOf(report(language, opened(from), observed(true, from), accepted(from + 1))));
  for (const word of words) expect(page).toContain(word);
});

describe('a week without cases', () => {
  const quiet = { ...sampleScope('EN'), settings: { ...someSettings, sources: [] } };
  const week = (...postures: ReturnType<typeof journalsOf>) =>
    reportOf({ ...nothing, receipts: [aReceipt()], postures }, quiet);
  const begun = [{ ...opened(from), check: 'PARSER_FAILING' }, observed(true, from)];
  it('is not calm beside an open posture item of at least medium severity', () =>
    expect(week(...journalsOf(...begun)).verdict).toEqual({
      colour: 'AMBER',
      sentence: 'No serious case is left uncontained; 1 posture item is open.',
    }));
  it('is calm once the item is resolved, its risk accepted, or where it is a small one', () => {
    const small = [{ ...opened(from), severity: 'LOW' as const }, observed(true, from)];
    for (const facts of [[...begun, accepted(from + 1)], [...begun, observed(false, from + 1)], small])
      expect(week(...journalsOf(...facts)).verdict.colour).toBe('GREEN');
  });
  it('counts all items, tells the gravest fifty, and says how many it leaves out', () => {
    const [one] = journalsOf(...begun);
    const many = week(...Array.from({ length: 52 }, (_, index) => ({ ...one!, postureId: `p${index}` })));
    expect(many.verdict.sentence).toContain('52 posture items are open');
    expect([many.postureItems?.length, many.omitted.postureItems]).toEqual([50, 2]);
    expect(JSON.stringify(sheetOf(many).sections[8])).toContain('2 further entries are not shown here');
  });
});

describe.each(['FR', 'JA'] as const)('each check that opens items by itself, in %s', (language) => {
  const checks = [
    ...Object.keys(VISIBILITY_RULES),
    'UNKNOWN',
    'NOBODY_TO_TELL',
    'NOBODY_TO_ASK',
    'NOBODY_TO_REPORT_TO',
    'NOT_UNDONE',
  ];
  it.each(checks)('says what it is and what to do: %s', (check) => {
    const title = 'what the item is called in English';
    const blocks = postureItemBlocks(
      formatterOf(report(language, { ...opened(from), check, title }, observed(true, from))),
    );
    const row = blocks.flatMap((one) => (one.kind === 'table' ? one.rows : []))[0]!.map(({ text }) => text);
    expect(row[1]).not.toBe(title);
    expect(row[2]).toMatch(/.{8}/);
  });
});
