import { WEEK_MS } from '#libs/terms';
import { sampleScope, sampleWeek } from '../../../test/sample-week/index.js';
import { aCase, aFinding, minute, nothing } from '../../../test/samples.js';
import type { Journals } from '../journals/index.js';
import { reportOf } from '../report/compose.js';
import { sheetOf, type Sheet } from './index.js';

const languages = ['EN', 'FR', 'JA'] as const;
const sheet = (journals: Journals, language: (typeof languages)[number]): Sheet =>
  sheetOf(reportOf(journals, sampleScope(language)));
const textsIn = ({ sections }: Sheet, index: number): string[] =>
  sections[index]!.blocks.flatMap((block) => (block.kind === 'text' ? [block.text.replaceAll('\u00a0', ' ')] : []));

/** A case of some weeks ago, told and contained so many minutes after it was opened. */
const caseOf = (weeksAgo: number, told: number, contained: number) => {
  const openedAt = minute(0) - weeksAgo * WEEK_MS;
  const at = openedAt + contained * 60_000;
  return aCase({
    caseId: `c${weeksAgo}`,
    openedAt,
    findings: [aFinding({ findingId: `f${weeksAgo}`, detectedAt: openedAt, addedAt: openedAt })],
    notifiedAt: [openedAt + told * 60_000],
    contained: [{ occurredAt: at, at, actionId: 'a' }],
  });
};

describe('whether it gets better', () => {
  const history = { ...nothing, cases: [caseOf(0, 40, 10), caseOf(1, 20, 30)] };
  it.each([
    ['EN', 'Better than in the period before: time to contain. Worse than in the period before: time to notify.'],
    [
      'FR',
      'Mieux que la période précédente : délai de confinement. Moins bien que la période précédente : délai de notification.',
    ],
    ['JA', '前の期間より改善：封じ込めまでの時間。前の期間より悪化：通知までの時間。'],
  ] as const)('is said in %s beside the verdict', (language, sentence) =>
    expect(textsIn(sheet(history, language), 0)).toEqual([sentence]),
  );
  it('is said of no figure that either period lacks, and not of how many cases there were', () => {
    const lone = { ...nothing, cases: [caseOf(0, 40, 10), caseOf(2, 20, 30)] };
    expect(textsIn(sheet(lone, 'EN'), 0)).toEqual([]);
  });
});

it('counts what a person was saved so that the reader can multiply', () =>
  expect(languages.map((language) => textsIn(sheet(sampleWeek, language), 1).at(-1))).toEqual([
    'Hours saved: 1 finding handled without you × 15 minutes each (our assumption) = 15 min.',
    'Heures épargnées : 1 détection traitée sans vous × 15 minutes chacune (notre hypothèse) = 15 min.',
    '削減時間：お客様の手を煩わせずに処理した検知事象 1 件 × 1 件 15 分（当社の仮定）＝ 15 分。',
  ]));

it('writes a ratio of thousands without tenths', () => {
  const ratios = sheet(sampleWeek, 'EN').sections[1]!.blocks.flatMap((block) =>
    block.kind === 'funnel' ? block.steps.map(({ ratio }) => ratio) : [],
  );
  expect(ratios).toEqual(['', expect.stringMatching(/^1 in \d{3},\d{3}$/), '1 in 1.5', '1 in 1.3']);
});

it('tells the days of a month by number', () => {
  const month = { from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 11, 1), kind: 'MONTHLY' } as const;
  const { sections } = sheetOf(reportOf(sampleWeek, { ...sampleScope('EN'), ...month }));
  const labels = sections[1]!.blocks
    .flatMap((one) => (one.kind === 'columns' ? one.columns : []))
    .map((one) => one.label);
  expect([labels[0], labels.at(-1)]).toEqual(['1', '30']);
});

it('leaves no gap between Japanese words', () =>
  expect(JSON.stringify(sheet(sampleWeek, 'JA'))).toContain('Claire Martin 様にメールでお知らせしました'));
