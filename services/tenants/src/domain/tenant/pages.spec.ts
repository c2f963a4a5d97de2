import type { Actor, Asset, TenantFact, TenantPage, TenantRequest, TenantState } from '#contracts';
import { testContext } from '#libs/testing';
import { withPages } from '#libs/terms';
import { asset, carol, identity, lastState, onboarded, policy } from '../../../test/requests.js';
import { tenantStream } from './decider.js';
import type { TenantForm } from './state.js';

const many = (from: number, count: number, special: Partial<Asset> = {}): Asset[] =>
  Array.from({ length: count }, (_, index) => asset(`a${from + index}`, [`h${from + index}`], special));
const register = (...assets: Asset[]): TenantRequest => ({ type: 'tenant.register-assets', assets, identities: [] });

/** A tenant as a stream of it goes on: states are folded once, as the store does. */
const life = () => {
  let state: TenantForm = onboarded.reduce(tenantStream.evolve, tenantStream.initial());
  return {
    ask: (request: TenantRequest, actor: Actor = carol): TenantFact[] => {
      const facts = tenantStream.decide(request, state, { ...testContext, settings: undefined, actor });
      state = facts.reduce(tenantStream.evolve, state);
      return facts;
    },
    form: () => state.form,
  };
};
const pagesIn = (facts: TenantFact[]): TenantPage[] =>
  facts.filter((one): one is TenantPage => one.type === 'tenant.page');
const typesIn = (facts: TenantFact[]): string[] => [...new Set(facts.map(({ type }) => type))];
const grown = (count: number) => {
  const one = life();
  for (let from = 0; from < count; from += 2_000) one.ask(register(...many(from, Math.min(2_000, count - from))));
  return one;
};
/** What a reader has after these facts. */
const readOf = (facts: TenantFact[]): TenantState => {
  const latest = new Map(pagesIn(facts).map((page) => [page.page, page]));
  const state = lastState(facts);
  return withPages(
    state,
    (state.paged?.versions ?? []).map((_, number) => latest.get(number) as TenantPage),
  );
};

describe('a tenant of up to 2,000 assets', () => {
  it('is said in one record, as it was before there were pages', () => {
    const facts = life().ask(register(...many(0, 2_000)));
    expect(typesIn(facts)).toEqual(['tenant.assets-registered', 'tenant.state']);
    expect(lastState(facts).assets).toHaveLength(2_000);
    expect(lastState(facts).paged).toBeUndefined();
  });
});

describe('a tenant of more', () => {
  it('is said in pages, each under a key of its own, before the state that names them', () => {
    const one = grown(2_000);
    const facts = one.ask(register(...many(2_000, 100)));
    expect(typesIn(facts)).toEqual(['tenant.assets-changed', 'tenant.page', 'tenant.state']);
    expect(pagesIn(facts).map(({ page }) => page)).toEqual(Array.from({ length: 17 }, (_, page) => page));
    expect(
      pagesIn(facts)
        .map((page) => tenantStream.partOf?.(page))
        .slice(0, 2),
    ).toEqual(['page/0', 'page/1']);
    const state = lastState(facts);
    expect([state.assets, state.paged?.assets, new Set(state.paged?.versions)]).toEqual([
      [],
      2_100,
      new Set([state.version]),
    ]);
    expect(readOf(facts).assets).toEqual(one.form().assets);
  });
  it.each<[string, TenantRequest, number[]]>([
    ['of one asset, one page', register(asset('a300', ['h300'], { unit: 'moved' })), [2]],
    ['of two far apart, two', register(asset('a0', ['x']), asset('a2999', ['y'])), [0, 23]],
    ['that adds one, the last', register(asset('new', ['new'])), [23]],
    ['that adds a page, that one and the last before', register(...many(3_000, 128)), [23, 24]],
    ['of its contacts, none', { type: 'tenant.set-contacts', contacts: [] }, []],
    ['of its policy, none', { type: 'tenant.set-policy', policy: policy({ mode: 'COLLABORATE' }) }, []],
    [
      'of a person, that of its place',
      { type: 'tenant.register-assets', assets: [], identities: [identity('i', ['ada'])] },
      [0],
    ],
  ])('says by a change %s', (_, request, pages) => {
    const one = grown(3_000);
    expect(pagesIn(one.ask(request)).map(({ page }) => page)).toEqual(pages);
  });
  it('says nothing where all is as it was', () => expect(grown(3_000).ask(register(...many(10, 5)))).toEqual([]));
  it('keeps a name to one owner, wherever it is', () => {
    const one = grown(3_000);
    expect(() => one.ask(register(asset('thief', ['h2999'])))).toThrow("'h2999' belongs to asset a2999 already");
    one.ask(register(asset('a2999', ['renamed'])));
    expect(pagesIn(one.ask(register(asset('thief', ['h2999']))))).toHaveLength(1);
  });
  it('has the same form when its stream is read again from the beginning', () => {
    const [one, facts]: [ReturnType<typeof life>, TenantFact[]] = [life(), [...onboarded]];
    for (const request of [register(...many(0, 2_000)), register(...many(1_900, 500, { unit: 'u' }))])
      facts.push(...one.ask(request));
    expect(facts.reduce(tenantStream.evolve, tenantStream.initial()).form).toEqual(one.form());
    expect(readOf(facts).assets).toEqual(one.form().assets);
  });
  it('leaves empty pages and none that is named when its service ends', () => {
    const facts = grown(3_000).ask({ type: 'tenant.offboard', reason: 'it left' }, testContext.actor);
    expect(pagesIn(facts)).toHaveLength(24);
    expect(pagesIn(facts).every(({ assets }) => assets.length === 0)).toBe(true);
    expect(lastState(facts)).toMatchObject({ active: false, assets: [], paged: { assets: 0, versions: [] } });
  });
  it('has 250,000 assets at most', () => {
    const form = { ...life().form(), assets: many(0, 250_000) };
    const state = { known: true, form: { ...form, active: true }, proposals: [], formerSources: [] };
    expect(() =>
      tenantStream.decide(register(asset('more', ['more'])), state, { ...testContext, settings: undefined }),
    ).toThrow('at most 250000');
  });
});
