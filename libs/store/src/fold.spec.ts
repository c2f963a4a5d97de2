import type { Heard, Typed } from '#libs/model';
import { byDocument, fold, type FoldedDocument } from './fold.js';
import { positionOf } from './place.js';
import { scopeOf } from './scope.js';

const view = {
  name: 'v',
  hears: ['case.noted'],
  keys: () => ['k'],
  show: (doc: string[] | undefined, { envelope }: Heard) => [...(doc ?? []), envelope.id],
};
const start: FoldedDocument = { tenant: scopeOf('acme'), key: 'k', doc: undefined, rev: 0, seen: {}, changed: false };
const noted = (id: string, subject: string, version?: number, index = 0, type = 'case.noted'): Heard<Typed> => ({
  message: { type },
  envelope: {
    id,
    type,
    source: 's',
    subject,
    time: 0,
    tenant: 'acme',
    ...(version === undefined ? {} : { sequence: { version, index, count: 9 } }),
  },
});

it('drops what it knows, stream by stream', () => {
  const once = fold(view, start, [
    noted('a', 'case/acme/1', 1),
    noted('b', 'case/acme/1', 1, 1),
    noted('a', 'case/acme/1', 1),
    noted('c', 'case/acme/2', 1),
  ]);
  expect([once.doc, once.changed]).toEqual([['a', 'b', 'c'], true]);
  const again = fold(view, { ...once, changed: false }, [
    noted('b', 'case/acme/1', 1, 1),
    noted('c', 'case/acme/2', 1),
  ]);
  expect([again.doc, again.changed]).toEqual([['a', 'b', 'c'], false]);
});
it('does not hold positions of one topic against another topic of the stream', () => {
  const folded = fold(view, start, [
    noted('state', 'tenant/acme', 2, 1, 'tenant.state'),
    noted('set', 'tenant/acme', 2, 0, 'tenant.policy-set'),
  ]);
  expect(folded.doc).toEqual(['state', 'set']);
});
it('takes facts without a place each time', () =>
  expect(fold(view, start, [noted('a', 'x'), noted('a', 'x')]).doc).toEqual(['a', 'a']));
it('remembers a bounded number of streams, the latest', () => {
  const folded = fold(
    view,
    start,
    Array.from({ length: 10_050 }, (_, index) => noted('a', `case/acme/${index}`, 1)),
  );
  expect(Object.keys(folded.seen)).toHaveLength(10_000);
  expect(fold(view, { ...folded, changed: false }, [noted('a', 'case/acme/10049', 1)]).changed).toBe(false);
});
it.each(['acme-', 'Acme', 'a.b', ''])('puts a fact of scope <%s> aside, and shows the others', (tenant) => {
  const [odd, fine] = [noted('odd', 'x'), noted('fine', 'x')];
  const failed: string[] = [];
  const groups = byDocument(
    view,
    [{ ...odd, envelope: { ...odd.envelope, tenant } }, fine],
    ({ envelope: { id } }, error) => failed.push(`${id}: ${String(error)}`),
  );
  expect([...groups.keys()]).toEqual(['acme/k']);
  expect(failed).toEqual([expect.stringMatching(/^odd: .*not a tenant/)]);
});
it('orders positions by version, then index', () => {
  expect(positionOf({ version: 2, index: 0 })).toBeGreaterThan(positionOf({ version: 1, index: 1_000_000 }));
});
