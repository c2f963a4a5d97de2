import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A vendor has one word, the contract's kind in kebab-case, and three folders of that name: its telemetry, what rules
 * call its fields, and rules.
 */
const { symbols } = JSON.parse(readFileSync('contracts/shared/source-kind.avsc', 'utf8')) as { symbols: string[] };
const vendors = symbols
  // What partners have normalised is no vendor's: its native events are read as those of the kind that they name.
  .filter((kind) => kind !== 'UNKNOWN' && kind !== 'CONTRACT')
  .map((kind) => kind.toLowerCase().replaceAll('_', '-'))
  .sort();

const ROOMS = {
  telemetry: 'services/collection/src/sources',
  fields: 'libs/sigma/src/sources',
  rules: 'rules',
} as const;
type VendorRoom = keyof typeof ROOMS;

/** Folders that are no vendor's. */
const OTHERS: Readonly<Record<VendorRoom, readonly string[]>> = {
  telemetry: [],
  fields: ['shared'],
  rules: ['correlations'],
};

/** Vendors that lack one of the three, and why. */
const LACKING: readonly { vendor: string; room: VendorRoom; why: string }[] = [];

const foldersIn = (room: VendorRoom): string[] =>
  readdirSync(ROOMS[room], { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !OTHERS[room].includes(entry.name))
    .map(({ name }) => name)
    .sort();

const wanted = (room: VendorRoom): string[] =>
  vendors.filter((vendor) => !LACKING.some((one) => one.vendor === vendor && one.room === room));

it.each(Object.keys(ROOMS) as VendorRoom[])('every vendor has its folder, and no other is there: %s', (room) => {
  expect(foldersIn(room)).toEqual(wanted(room));
});

it.each(vendors)('%s has a mapping, a source, samples, specs and rules', (vendor) => {
  const files = (['telemetry', 'fields'] as const)
    .filter((room) => wanted(room).includes(vendor))
    .flatMap((room) => ['index.ts', 'index.spec.ts', 'fixtures'].map((file) => join(ROOMS[room], vendor, file)));
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  if (wanted('rules').includes(vendor))
    expect(readdirSync(join(ROOMS.rules, vendor)).some((file) => file.endsWith('.yml'))).toBe(true);
});
