import { HOUR_MS } from '#libs/terms';
import { sampleScope, sampleWeek } from '../../../test/sample-week/index.js';
import { aCase, aFinding, aFindingDoc, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { reportOf } from '../report/compose.js';
import { textsOf } from '../texts/index.js';
import { formatterOf } from './format.js';
import { sheetOf } from './index.js';

const formatter = (language: 'EN' | 'FR' | 'JA') => formatterOf(reportOf(sampleWeek, sampleScope(language)));

it('writes durations in their two largest units', () => {
  const { duration } = formatter('EN');
  expect(
    [0, 420, 9_000, 61_000, HOUR_MS, 93_784_000].map(duration).map((text) => text.replaceAll('\u00a0', ' ')),
  ).toEqual(['0 min', '420 ms', '9 s', '1 min 1 s', '1 h', '1 d 2 h']);
  expect(formatter('JA').duration(93_784_000).replaceAll('\u00a0', ' ')).toBe('1 日 2 時間');
});

it('writes numbers, shares and dates as the tenant does, in its time zone', () => {
  const at = Date.UTC(2026, 10, 16, 22, 30);
  expect(formatter('EN').number(1_234_567.4)).toBe('1,234,567');
  expect(formatter('EN').dateTime(at)).toBe('16 Nov, 22:30');
  expect(formatter('FR').dateTime(at)).toBe('16 nov., 23:30');
  expect(formatter('JA').dateTime(at)).toBe('11月17日 07:30');
  expect(formatter('FR').share(0.857).replace(/\s/g, ' ')).toBe('85,7 %');
  expect(formatter('JA').range(Date.UTC(2026, 10, 15, 15), Date.UTC(2026, 10, 22, 15))).toBe(
    '2026年11月16日～2026年11月22日',
  );
});

it('has the eleven sections in order, none of them empty', () => {
  const { sections } = sheetOf(reportOf(sampleWeek, sampleScope('EN')));
  expect(sections.map(({ number, title }) => `${number} ${title}`)).toEqual([
    '1 Verdict',
    '2 From events to cases',
    '3 Waiting on you',
    '4 Cases',
    '5 Response actions',
    '6 Response times and service levels',
    '7 Threat hunts',
    '8 Visibility',
    '9 Posture and recommendations',
    '10 Detection quality',
    '11 Appendix: how every figure is made',
  ]);
  expect(sections.every(({ blocks }) => blocks.length > 0)).toBe(true);
});

it.each(['EN', 'FR', 'JA'] as const)('never says in %s that nothing waits beside a red verdict', (language) => {
  const red = reportOf(
    { ...nothing, cases: [aCase()] },
    { ...theWeek, language, kind: 'WEEKLY', settings: someSettings },
  );
  expect([red.verdict.colour, red.waiting]).toEqual(['RED', []]);
  const { empty } = textsOf(language);
  const first = JSON.stringify(sheetOf(red).sections[2]);
  expect([first.includes(empty.waiting), first.includes(empty.waitingUncontained)]).toEqual([false, true]);
});

it('lists exceptions from rules, and says so when there are none', () => {
  const quality = (exceptions: typeof sampleWeek.exceptions): string =>
    JSON.stringify(sheetOf(reportOf({ ...sampleWeek, exceptions }, sampleScope('EN'))).sections[9]);
  const exception = {
    applied: [1, 0] as [number, number],
    exceptionId: 'x1',
    ruleId: 'port-scan',
    owner: 'Ada',
    reason: 'our own scanner',
    addedAt: 0,
    expiresAt: Date.UTC(2099, 0, 1),
    endedAt: null,
  };
  expect(quality([exception])).toContain('our own scanner (Ada)');
  expect(quality([exception])).toContain('Internal port scan');
  expect(quality([exception])).not.toContain('no suppression is on record');
  expect(quality([])).toContain('no suppression is on record');
});

it('marks how far the report may travel', () =>
  expect(sheetOf(reportOf(sampleWeek, sampleScope('FR')))).toMatchObject({
    tlp: 'TLP:AMBER',
    language: 'fr',
    tenant: 'Boréal Logistique',
  }));

describe('a case of a rule that is titled in English', () => {
  const finding = aFinding({ title: 'Administrator role granted', techniques: ['T1098.003'] });
  const journals = { ...nothing, cases: [aCase({ findings: [finding] })], findings: [aFindingDoc(finding)] };
  const [cases, quality] = [3, 9] as const;
  const page = (language: 'EN' | 'FR' | 'JA', section: number): string =>
    JSON.stringify(sheetOf(reportOf(journals, { ...sampleScope(language), settings: someSettings })).sections[section]);
  it.each([
    ['FR', 'Manipulation de comptes (Administrator role granted)'],
    ['JA', 'アカウントの改変 (Administrator role granted)'],
  ] as const)('is told in %s by the name of its technique', (language, name) => {
    expect(page(language, cases).split(name)).toHaveLength(3);
    expect(page(language, quality)).toContain(name);
  });
  it('is told in English by its title alone', () => expect(page('EN', cases)).not.toContain('(Administrator'));
});

describe('a case that names no host and nobody', () => {
  const ips = (...values: string[]) => values.map((value) => ({ kind: 'ip', value }));
  const told = (entities: { kind: string; value: string }[]) =>
    reportOf(
      { ...nothing, cases: [aCase({ findings: [aFinding({ entities })] })] },
      { ...sampleScope('JA'), settings: someSettings },
    ).cases[0]!;
  it('says its addresses, a private one first, and where by it', () => {
    const { concerned, met, where } = told(ips('203.0.113.9', '10.20.0.7'));
    expect([concerned.map(({ name }) => name), met, where]).toEqual([['10.20.0.7', '203.0.113.9'], [], '10.20.0.7']);
  });
  it('says two of many, and how many there are', () =>
    expect(told(ips('203.0.113.9', '203.0.113.10', '10.20.0.7'))).toMatchObject({
      concerned: [{ name: '10.20.0.7' }, { name: '203.0.113.9' }],
      met: [{ kind: 'ip', count: 3 }],
    }));
  it('counts them where a host is known', () =>
    expect(told([...ips('10.20.0.7'), { kind: 'host', value: 'ws-01' }])).toMatchObject({
      concerned: [{ name: 'ws-01' }],
      met: [{ kind: 'ip', count: 1 }],
      where: 'ws-01',
    }));
});
