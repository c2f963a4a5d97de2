import { readFileSync } from 'node:fs';
import { fittingKind, wrongKindText } from './fitting-kind.js';

const fixture = (kind: string): Buffer => readFileSync(`services/collection/src/sources/${kind}/fixtures/events.jsonl`);

it.each(['okta', 'github', 'zeek'])('what %s writes fits it', async (kind) =>
  expect(await fittingKind(fixture(kind))).toBe(kind.toUpperCase()),
);
it('what says nothing fits nobody', async () => expect(await fittingKind(Buffer.from('{"a":1}'))).toBeUndefined());
it('a wrong kind is told, with the one that fits', () => {
  expect(wrongKindText(3, 'WINDOWS', 'AWS_CLOUDTRAIL')).toBe(
    'all 3 events say nothing that a source of kind windows knows: is its kind wrong? They read as aws-cloudtrail; a source keeps its kind, so add another with --kind aws-cloudtrail',
  );
  expect(wrongKindText(3, 'WINDOWS', undefined)).toContain('vigie normalize --source KIND');
});
