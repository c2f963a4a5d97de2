import type { Asset, TenantPage, TenantState } from '#contracts';
import { findAssets } from '#libs/terms';
import { tenantForms } from './tenant-forms.js';

const asset = (assetId: string, unit = ''): Asset => ({
  assetId,
  hostnames: [assetId],
  criticality: 'LOW',
  owner: '',
  unit,
  exposure: '',
  groups: [],
});
const page = (number: number, version: number, ...assets: Asset[]): TenantPage => ({
  ...{ type: 'tenant.page', tenantId: 'acme', page: number, version },
  assets,
  identities: [],
});
const state = (version: number, ...versions: number[]): TenantState =>
  ({
    ...{ type: 'tenant.state', tenantId: 'acme', version, assets: [], identities: [] },
    paged: { assets: 0, identities: 0, versions },
  }) as unknown as TenantState;
const whole = (version: number, ...assets: Asset[]): TenantState => ({ ...state(version), assets, paged: null });

const [a, b, c, d] = [asset('a'), asset('b'), asset('c'), asset('d')] as [Asset, Asset, Asset, Asset];
const a2 = asset('a', 'moved');

/** What holds in the end, as version and assets, and which versions held on the way. */
const after = (...heard: (TenantState | TenantPage)[]) => {
  const forms = tenantForms();
  const held = heard.flatMap((one) => forms.heard(one)?.version ?? []);
  const form = forms.get('acme');
  return {
    held,
    form: form && [form.version, ...form.assets.map(({ assetId, unit }) => assetId + unit)],
    missing: forms.waiting().flatMap(({ missing }) => missing),
  };
};

const first = [page(0, 1, a, b), page(1, 1, c), state(1, 1, 1)];
it.each<[string, (TenantState | TenantPage)[], unknown, number[], number[]]>([
  ['pages before their state', first, [1, 'a', 'b', 'c'], [1], []],
  ['a state before its pages', first.toReversed(), [1, 'a', 'b', 'c'], [1], []],
  ['all of it twice', [...first, ...first], [1, 'a', 'b', 'c'], [1], []],
  ['a page that does not come: nothing is known', first.slice(1), undefined, [], [0]],
  ['a change of one page', [...first, page(0, 2, a2, b), state(2, 2, 1)], [2, 'amoved', 'b', 'c'], [1, 2], []],
  [
    'a change whose page is late: the form before holds until then',
    [...first, state(2, 2, 1), page(0, 2, a2, b)],
    [2, 'amoved', 'b', 'c'],
    [1, 2],
    [],
  ],
  ['a change whose page is lost: the form before holds', [...first, state(2, 2, 1)], [1, 'a', 'b', 'c'], [1], [0]],
  ['a page whose state is late: nothing is mixed', [...first, page(0, 2, a2, b)], [1, 'a', 'b', 'c'], [1], []],
  [
    'what came before, heard again after a change',
    [...first, page(0, 2, a2, b), state(2, 2, 1), ...first],
    [2, 'amoved', 'b', 'c'],
    [1, 2],
    [],
  ],
  [
    'two changes, their pages first',
    [...first, page(0, 2, a2, b), page(0, 3, a), page(2, 3, d), state(2, 2, 1), state(3, 3, 1, 3)],
    [3, 'a', 'c', 'd'],
    [1, 2, 3],
    [],
  ],
  [
    'a late reader, for whom compaction took the page of a state that is still there: the next one stands in',
    [page(1, 1, c), state(1, 1, 1), page(0, 2, a2, b), state(2, 2, 1)],
    [2, 'amoved', 'b', 'c'],
    [1, 2],
    [],
  ],
  [
    'a late reader, for whom it took the state, too',
    [page(1, 1, c), page(0, 2, a2, b), state(2, 2, 1)],
    [2, 'amoved', 'b', 'c'],
    [2],
    [],
  ],
  ['a state that is whole', [whole(1, a, b), whole(2, a2)], [2, 'amoved'], [1, 2], []],
  ['a tenant that had no pages', [whole(1, a), page(0, 2, a, b), state(2, 2)], [2, 'a', 'b'], [1, 2], []],
  ['a state of before once there are pages', [page(0, 2, a, b), state(2, 2), whole(1, a)], [2, 'a', 'b'], [2], []],
  ['the end of a service', [...first, page(0, 2), page(1, 2), state(2)], [2], [1, 2], []],
  ['a page less', [...first, page(0, 2, a, b, c), page(1, 2), state(2, 2)], [2, 'a', 'b', 'c'], [1, 2], []],
])('a tenant is known by %s', (_, heard, form, held, missing) =>
  expect(after(...heard)).toEqual({ form, held, missing }),
);

it('keeps lists without a change, and what is called by a name after one', () => {
  const forms = tenantForms();
  first.forEach(forms.heard);
  const before = forms.get('acme')?.assets ?? [];
  expect(findAssets(before, ['a']).sure).toBe(a);
  forms.heard(page(0, 2, { ...a }, { ...b }));
  expect(forms.heard(state(2, 2, 1))?.assets).toBe(before);
  forms.heard(page(0, 3, a2, asset('new')));
  const now = forms.heard(state(3, 3, 1))?.assets ?? [];
  expect(['a', 'b', 'c', 'new'].map((name) => findAssets(now, [name]).sure)).toEqual([a2, undefined, c, now[1]]);
  expect(findAssets(before, ['b']).sure).toBe(b);
});

it('knows tenants apart, and forgets one whose state was taken away', () => {
  const forms = tenantForms();
  first.forEach(forms.heard);
  for (const one of first) forms.heard({ ...one, tenantId: 'globex' });
  forms.heard({ ...page(0, 2, d), tenantId: 'globex' });
  forms.heard({ ...state(2, 2, 1), tenantId: 'globex' });
  expect(forms.all().map(({ version }) => version)).toEqual([1, 2]);
  forms.forget('globex');
  expect([forms.get('globex'), forms.get('acme')?.version]).toEqual([undefined, 1]);
});
