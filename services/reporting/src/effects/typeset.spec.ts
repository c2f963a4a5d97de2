import { mkdirSync, writeFileSync } from 'node:fs';
import { malformed } from '#libs/testing';
import { sampleScope, sampleWeek } from '../../test/sample-week/index.js';
import { reportOf } from '../domain/report/compose.js';
import { nothing } from '../../test/samples.js';
import { sheetOf, type Sheet } from '../domain/sheet/index.js';
import { carriesWhite, readBrand, VIGIE } from '../brand.js';
import { config } from '../config.js';
import { openTypeset, type Typesetter } from './typeset.js';

const languages = ['EN', 'FR', 'JA'] as const;
let setter: Typesetter;
beforeAll(async () => void (setter = await openTypeset()));
afterAll(() => setter.close());
const typeset = (sheet: Sheet): Promise<Buffer> => setter.typeset(sheet);
const pagesOf = (pdf: Buffer): number =>
  Number(/\/Type\s*\/Pages[^>]*\/Count\s+(\d+)|\/Count\s+(\d+)/.exec(pdf.toString('latin1'))?.slice(1).find(Boolean));

/** Set to a directory to look at the pages. */
const keep = (name: string, pdf: Buffer): void => {
  const directory = process.env['REPORT_SAMPLES'];
  if (!directory) return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/${name}.pdf`, pdf);
};

it.each(languages)('typesets a full week in %s, small enough to send', async (language) => {
  const pdf = await typeset(sheetOf(reportOf(sampleWeek, sampleScope(language))));
  keep(language.toLowerCase(), pdf);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pagesOf(pdf)).toBeGreaterThanOrEqual(5);
  expect(pdf.length).toBeLessThan(700 * 1024);
});

it.each(languages)('typesets a period without any data in %s', async (language) => {
  const pdf = await typeset(sheetOf(reportOf(nothing, sampleScope(language))));
  keep(`empty-${language.toLowerCase()}`, pdf);
  expect(pagesOf(pdf)).toBeGreaterThanOrEqual(2);
});

it('gives the same bytes for the same report', async () => {
  const sheet = sheetOf(reportOf(sampleWeek, sampleScope('EN')));
  const another = await openTypeset();
  expect((await typeset(sheet)).equals(await another.typeset(sheet))).toBe(true);
  await another.close();
});

it('carries the name, colour and logo of the provider', async () => {
  const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10"/></svg>';
  const branded = await openTypeset({ name: 'Nordlicht Security', colour: '#7a1f5c', logo });
  const pdf = await branded.typeset(sheetOf(reportOf(sampleWeek, sampleScope('EN'))));
  await branded.close();
  keep('branded', pdf);
  expect(pdf.toString('latin1')).toContain('Nordlicht Security');
});

it('refuses a logo that cannot be drawn when it starts, not at each report', () =>
  expect(openTypeset({ name: 'x', colour: '#7a1f5c', logo: '<svg viewBox="0 0' })).rejects.toThrow(
    'REPORT_BRAND_LOGO: this SVG cannot be drawn',
  ));

it('takes a brand without a value for none', () =>
  expect(readBrand({ REPORT_BRAND_NAME: '', REPORT_BRAND_COLOUR: '', REPORT_BRAND_LOGO: '' })).toEqual(VIGIE));

it('takes no colour that hides white text, and says so', () => {
  expect(['#7a1f5c', '#ffd400'].map(carriesWhite)).toEqual([true, false]);
  expect(() => config({ REPORT_BRAND_COLOUR: '#ffd400' } as never)).toThrow('too light');
});

it('shows markup as it is written', async () => {
  const tenant = { ...sampleScope('EN').settings, name: '#panic("no") $x$ *bold* `code` @ref <label> \\ "quoted"' };
  const pdf = await typeset(sheetOf(reportOf(nothing, { ...sampleScope('EN'), settings: tenant })));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});

it('says what does not fit, and sets the next one', async () => {
  const sheet = malformed<Sheet>({
    ...sheetOf(reportOf(nothing, sampleScope('EN'))),
    sections: [{ number: 1, title: 'x', blocks: [{ kind: 'unknown' }] }],
  });
  await expect(typeset(sheet)).rejects.toThrow('cannot be typeset');
  expect((await typeset(sheetOf(reportOf(nothing, sampleScope('EN'))))).length).toBeGreaterThan(1_000);
});

it('leaves others their turn while pages are set', async () => {
  let turns = 0;
  const another = await openTypeset();
  const ticking = setInterval(() => (turns += 1), 1);
  const before = process.cpuUsage();
  const sheet = sheetOf(reportOf(sampleWeek, sampleScope('JA')));
  await another.typeset(sheet);
  clearInterval(ticking);
  const { user, system } = process.cpuUsage(before);
  await another.close();
  expect(turns).toBeGreaterThan(10);
  expect((user + system) / 1_000).toBeLessThan(300);
});

it.each([
  ['memory', { megabytes: 20, milliseconds: 60_000 }, 'typesetting took more than 20 MB'],
  ['time', { megabytes: 1_024, milliseconds: 100 }, 'typesetting took longer than 0.1 s'],
])('ends what takes more %s than it may, and says so', async (_what, limits, said) => {
  const bounded = await openTypeset(VIGIE, { limits });
  await expect(bounded.typeset(sheetOf(reportOf(sampleWeek, sampleScope('JA'))))).rejects.toThrow(said);
  await bounded.close();
});
