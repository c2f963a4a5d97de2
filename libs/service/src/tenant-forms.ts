import type { Asset, Identity, TenantPage, TenantState } from '#contracts';
import { assetsReplaced, identitiesReplaced, withPages } from '#libs/terms';

/** What is known of a tenant. */
interface KnownTenant {
  /** The form that holds, and the pages it was put together of. */
  form?: TenantState;
  used: readonly TenantPage[];
  /** Heard, and not used or used now: of each number in the order of versions. */
  pages: Map<number, TenantPage[]>;
  /** A later form, of which pages are missing. */
  waiting?: TenantState;
}

/** Versions of one page that may wait for their states. The latest of them are what a late state takes. */
const VERSIONS_AT_MOST = 8;

const noted = (known: KnownTenant, page: TenantPage): void => {
  const heard = known.pages.get(page.page) ?? [];
  const oldest = known.used[page.page]?.version ?? 0;
  if (page.version <= oldest || heard.some(({ version }) => version === page.version)) return;
  const all = [...heard, page].sort((one, other) => one.version - other.version);
  known.pages.set(page.page, all.slice(-VERSIONS_AT_MOST));
};

/**
 * Pages a state names: each of the version it names or, where compaction has taken that, of the next one, whose state
 * is on its way; undefined where neither is there.
 */
const namedBy = ({ paged }: TenantState, { pages, used }: KnownTenant): (TenantPage | undefined)[] =>
  (paged?.versions ?? []).map((wanted, number) => {
    const inUse = used[number];
    if (inUse && inUse.version >= wanted) return inUse;
    return pages.get(number)?.find(({ version }) => version >= wanted);
  });

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

interface Difference<Thing> {
  gone: Thing[];
  come: Thing[];
}

/** What is said as it was stays the same object, so that who holds something by it need not look again. */
const kept = <Thing>(before: readonly Thing[], after: readonly Thing[], to: Difference<Thing>): Thing[] => {
  const things = after.map((thing, place) => {
    const was = before[place];
    if (was !== undefined && same(was, thing)) return was;
    if (was !== undefined) to.gone.push(was);
    to.come.push(thing);
    return thing;
  });
  to.gone.push(...before.slice(after.length));
  return things;
};

const NO_PAGE = { assets: [], identities: [] };
const none = <Thing>(): Difference<Thing> => ({ gone: [], come: [] });
const isNone = <Thing>({ gone, come }: Difference<Thing>): boolean => gone.length + come.length === 0;

/** Puts the pages of a state together; only those that are new are looked into. Lists without a change stay the same. */
const putTogether = (known: KnownTenant, state: TenantState, named: readonly TenantPage[]): TenantState => {
  if (!state.paged) {
    known.used = [];
    return state;
  }
  const [assets, identities] = [none<Asset>(), none<Identity>()];
  const used = named.map((page, number) => {
    const before = known.used[number] ?? NO_PAGE;
    if (before === page) return page;
    return {
      ...page,
      assets: kept(before.assets, page.assets, assets),
      identities: kept(before.identities, page.identities, identities),
    };
  });
  for (const page of known.used.slice(named.length)) {
    assets.gone.push(...page.assets);
    identities.gone.push(...page.identities);
  }
  const { form } = known;
  const all = withPages(state, used);
  if (form && known.used.length > 0) {
    if (isNone(assets)) all.assets = form.assets;
    else assetsReplaced(form.assets, all.assets, assets.gone, assets.come);
    if (isNone(identities)) all.identities = form.identities;
    else identitiesReplaced(form.identities, all.identities, identities.gone, identities.come);
  }
  known.used = used;
  return all;
};

/** Takes a state if all its pages are there, else keeps it for when they are. */
const taken = (known: KnownTenant, state: TenantState): TenantState | undefined => {
  const named = namedBy(state, known);
  const isWhole = (pages: (TenantPage | undefined)[]): pages is TenantPage[] => !pages.includes(undefined);
  if (!isWhole(named)) {
    known.waiting = state;
    return undefined;
  }
  delete known.waiting;
  known.form = putTogether(known, state, named);
  for (const [number, heard] of known.pages) {
    const later = heard.filter(({ version }) => version > Math.max(known.used[number]?.version ?? 0, state.version));
    if (later.length > 0) known.pages.set(number, later);
    else known.pages.delete(number);
  }
  return known.form;
};

/** A state of which pages are missing. */
interface WaitingForm {
  tenant: string;
  version: number;
  /** Numbers of the pages, a few of them. */
  missing: number[];
}

/**
 * Tenants' states with the pages that they name, in whatever order and however often these come. A state holds once all
 * its pages are there; until then the one before does, and of a tenant of whom there is none nothing is known: its
 * excluded hosts might be on the page that is missing.
 */
export const tenantForms = () => {
  const all = new Map<string, KnownTenant>();
  const knownOf = (tenant: string): KnownTenant => {
    const known = all.get(tenant) ?? { used: [], pages: new Map<number, TenantPage[]>() };
    all.set(tenant, known);
    return known;
  };
  return {
    get: (tenant: string): TenantState | undefined => all.get(tenant)?.form,
    all: (): TenantState[] => [...all.values()].flatMap(({ form }) => form ?? []),
    /** @returns the form that holds from now on, if another one does. */
    heard: (message: TenantState | TenantPage): TenantState | undefined => {
      const known = knownOf(message.tenantId);
      if (message.type === 'tenant.page') {
        noted(known, message);
        return known.waiting && taken(known, known.waiting);
      }
      const latest = Math.max(known.form?.version ?? -1, known.waiting?.version ?? -1);
      return message.version > latest ? taken(known, message) : undefined;
    },
    /** Forgets a tenant whose state was taken from its topic, with whatever it has there. */
    forget: (tenant: string): void => void all.delete(tenant),
    waiting: (): WaitingForm[] =>
      [...all].flatMap(([tenant, known]) => {
        const { waiting } = known;
        if (!waiting) return [];
        const missing = namedBy(waiting, known).flatMap((page, number) => (page ? [] : [number]));
        return [{ tenant, version: waiting.version, missing: missing.slice(0, 10) }];
      }),
  };
};
