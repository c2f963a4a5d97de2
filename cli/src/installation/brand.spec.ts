import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '#stack';
import { malformed } from '#libs/testing';
import { brandGiven } from './brand.js';
import { environmentOf } from './service-environment.js';
import type { Installation } from './saved-installation.js';

let dir = '';
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'vigie-brand-'))));
afterEach(() => rmSync(dir, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><rect width="4" height="1"/></svg>';

it('gives reporting, and no other service, what it was told of the brand', () => {
  const brandLogo = file('logo.svg', svg);
  const brand = brandGiven({ brandName: 'Nordlicht', brandColour: '#7a1f5c', brandLogo });
  const installation = malformed<Installation>({ keys: {}, ports: {}, dir, issuer: {}, brand });
  const stack = malformed<Stack>({ brokers: [], userFor: () => ({ username: '', password: '' }) });
  expect(environmentOf(installation, stack, 'reporting')).toMatchObject({
    REPORT_BRAND_NAME: 'Nordlicht',
    REPORT_BRAND_COLOUR: '#7a1f5c',
    REPORT_BRAND_LOGO: brandLogo,
  });
  expect(Object.keys(environmentOf(installation, stack, 'cases')).filter((name) => name.includes('BRAND'))).toEqual([]);
});

it.each([
  ['a colour by name', { brandColour: 'red' }, 'REPORT_BRAND_COLOUR: a colour is written such as #1d6a8c'],
  ['a colour that hides white text', { brandColour: '#ffd400' }, 'REPORT_BRAND_COLOUR: too light for white text'],
  ['a name that fits on no page', { brandName: 'x'.repeat(61) }, 'REPORT_BRAND_NAME: '],
  ['a logo that is not there', { brandLogo: '/nowhere/logo.svg' }, 'REPORT_BRAND_LOGO: there is no file'],
])('refuses %s, by name', (_what, flags, said) => expect(() => brandGiven(flags)).toThrow(said));

it.each([
  ['is no SVG', 'logo.png', '\u0089PNG', 'is no SVG'],
  ['is too large', 'logo.svg', `${svg}${' '.repeat(110_000)}`, 'has more than 100 KiB'],
])('refuses a logo that %s', (_what, name, text, said) =>
  expect(() => brandGiven({ brandLogo: file(name, text) })).toThrow(said),
);

it('says one thing of one value', () =>
  expect(() => brandGiven({ brandColour: 'red' })).toThrow(
    /^REPORT_BRAND_COLOUR: a colour is written such as #1d6a8c$/,
  ));

it('judges what is said together with what was said before, and takes a logo back', () => {
  const before = { REPORT_BRAND_COLOUR: '#7a1f5c', REPORT_BRAND_LOGO: file('logo.svg', svg) };
  expect(brandGiven({ brandLogo: '' }, before)).toEqual({ REPORT_BRAND_LOGO: '' });
  rmSync(join(dir, 'logo.svg'));
  expect(() => brandGiven({ brandName: 'Nordlicht' }, before)).toThrow('there is no file');
});
