import type { OpenDatabase } from '../collections.js';
import type { ArchiveFolder } from './folder.js';
import { withoutUnlisted } from './erase-archived.js';

it.each([
  ['nobody else is at it', ['listed'], true, ['other'], true],
  ['the lease is lost', ['listed'], false, [], false],
  ['a file of the list is missing', ['listed', 'missing'], true, [], false],
])('removes what is on no list, and tells whether it did, when %s', async (_when, listed, going, removed, isDone) => {
  const gone: string[] = [];
  const archive = {
    list: async () => ['listed', 'other'],
    remove: async (name: string) => void gone.push(name),
  } as unknown as ArchiveFolder;
  const opened = {
    archive,
    archives: { findOne: async () => ({ files: listed.map((name) => ({ name })), replaced: [] }) },
    log: { error: () => undefined },
    patiently: (_doing: string, operation: () => unknown) => operation(),
  } as unknown as OpenDatabase & { archive: ArchiveFolder };
  expect(await withoutUnlisted(opened, 'acme' as never, async () => going)).toBe(isDone);
  expect(gone).toEqual(removed);
});
