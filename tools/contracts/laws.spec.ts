import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const GENERATE = resolve('tools/contracts/generate.mjs');
const OPENED = 'contracts/case/events/opened/v1.avsc';
const KIND = 'contracts/shared/source-kind.avsc';

interface SampleField {
  name: string;
  type: unknown;
  default?: unknown;
}
interface SampleSchema {
  type: string;
  name: string;
  doc?: string;
  fields: SampleField[];
  symbols?: string[];
  grown?: number[];
}

let folder: string;
const run = (...flags: string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [GENERATE, ...flags], { cwd: folder, encoding: 'utf8' });
  return { status, problems: stderr };
};
const write = (path: string, schema: SampleSchema): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(schema));
};
const read = (path: string): SampleSchema => JSON.parse(readFileSync(join(folder, path), 'utf8')) as SampleSchema;
const changed = (change: (schema: SampleSchema) => void, path = OPENED, to = path): void => {
  const schema = read(path);
  change(schema);
  write(to, schema);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-contracts-'));
  cpSync('contracts', join(folder, 'contracts'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('holds for the contracts as they are', () => expect(run('--check')).toEqual({ status: 0, problems: '' }));

it.each<[string, () => void, RegExp]>([
  [
    'a published schema that changed',
    () =>
      changed((schema) => {
        schema.doc = 'Another sentence.';
      }),
    /case\.opened@1 is published and frozen/,
  ],
  [
    'an enum that lost a symbol',
    () =>
      changed((schema) => {
        schema.symbols?.splice(2, 1);
      }, KIND),
    /finding\.raised@1 is published and frozen/,
  ],
  [
    'an enum that grew and does not say since when',
    () =>
      changed((schema) => {
        schema.symbols?.push('FAX');
        delete schema.grown;
      }, KIND),
    /finding\.raised@1 is published and frozen/,
  ],
  ['a published schema that is gone', () => rmSync(join(folder, OPENED)), /case\.opened@1 is published and gone/],
  [
    'a version gap',
    () => changed(() => undefined, OPENED, 'contracts/case/events/opened/v4.avsc'),
    /version 3 is missing/,
  ],
  [
    'an added field without a default',
    () =>
      changed(
        ({ fields }) => {
          fields.push({ name: 'more', type: 'string' });
        },
        OPENED,
        'contracts/case/events/opened/v2.avsc',
      ),
    /the added field more needs a default/,
  ],
  [
    "a name that is not the folder's",
    () => write('contracts/case/events/seen/v1.avsc', { type: 'record', name: 'CaseOpen', doc: 'x', fields: [] }),
    /must be called CaseSeen/,
  ],
  [
    'a missing doc',
    () => write('contracts/case/events/seen/v1.avsc', { type: 'record', name: 'CaseSeen', fields: [] }),
    /a doc is missing/,
  ],
  [
    'a union of more than null and one type',
    () =>
      write('contracts/case/events/seen/v1.avsc', {
        type: 'record',
        name: 'CaseSeen',
        doc: 'x',
        fields: [{ name: 'a', type: ['null', 'string', 'long'] }],
      }),
    /union may only be null and one type/,
  ],
  [
    'an array of nothing',
    () =>
      write('contracts/case/events/seen/v1.avsc', {
        type: 'record',
        name: 'CaseSeen',
        doc: 'x',
        fields: [{ name: 'a', type: { type: 'array', items: 'null' } }],
      }),
    /zero-width/,
  ],
  [
    'generated files that are stale',
    () => writeFileSync(join(folder, 'contracts/generated/types.ts'), ''),
    /types\.ts is stale/,
  ],
])('names %s', (_what, breakIt, problem) => {
  breakIt();
  const { status, problems } = run('--check');
  expect(status).toBe(1);
  expect(problems).toMatch(problem);
});

it('lets a version follow that only adds with defaults', () => {
  changed(
    ({ fields }) => {
      fields.push({ name: 'more', type: 'string', default: '' });
    },
    OPENED,
    'contracts/case/events/opened/v2.avsc',
  );
  run();
  expect(run('--check')).toEqual({ status: 0, problems: '' });
});

it('lets an enum grow at its end, and still reads what was written before', () => {
  let lengths = 0;
  changed(({ symbols, grown }) => {
    lengths = (grown?.length ?? 0) + 2;
    grown?.push(symbols?.length ?? 0);
    symbols?.push('FAX');
  }, KIND);
  run();
  expect(run('--check')).toEqual({ status: 0, problems: '' });
  const catalogue = readFileSync(join(folder, 'contracts/generated/catalogue.ts'), 'utf8');
  expect(
    catalogue
      .split('\n')
      .filter((line) => line.includes('"type":"finding.raised","kind":"events","subject":"finding","version":1')),
  ).toHaveLength(lengths);
});
