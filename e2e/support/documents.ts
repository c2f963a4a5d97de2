import { hasStreams } from '#libs/service';
import { isDeepStrictEqual } from 'node:util';
import { definitions } from '../../cli/src/index.js';
import type { ScopedView } from '#libs/store';
import type { TestInstallation } from './installation.js';

export type Documents = Record<string, Record<string, unknown>>;

const PAGE = 500;

const all = async (view: ScopedView<unknown>): Promise<Record<string, unknown>> => {
  const found: Record<string, unknown> = {};
  let after: string | undefined;
  do {
    const page = await view.find({ limit: PAGE, after });
    for (const { tenant, key, doc } of page.items) found[`${tenant} ${key}`] = doc;
    after = page.next;
  } while (after);
  return found;
};

/** Every document of every view of every service, by view, tenant and key. */
export const documents = async ({ storeOf }: TestInstallation, tenants: string[]): Promise<Documents> => {
  const found: Documents = {};
  for (const { name, shows = [] } of definitions.filter((one) => one.shows?.length)) {
    await storeOf(name, async (store) => {
      for (const view of shows) found[`${name} ${view.name}`] = await all(store.view(view.name).for(tenants));
    });
  }
  return found;
};

/** Every start of detection tells anew what it runs: that is when it was last told. */
const withoutLoading = (doc: unknown): unknown => {
  const { loaded, ...rest } = (doc ?? {}) as { loaded?: { at?: number } | null };
  return doc && loaded ? { ...rest, loaded: { ...loaded, at: 0 } } : doc;
};

/** The same told again, without another set in between, tells nothing new. */
const withoutRepeats = (doc: unknown): unknown => {
  const { told } = (doc ?? {}) as { told?: { set: string }[] };
  return told ? told.map(({ set }) => set).filter((set, index, all) => set !== all[index - 1]) : doc;
};

const WITHOUT_STARTS: Record<string, (doc: unknown) => unknown> = {
  'gateway rulesets': withoutLoading,
  'reporting rule-journal': withoutRepeats,
};

const isSame = (view: string, old: unknown, now: unknown): boolean => {
  const seen = WITHOUT_STARTS[view] ?? ((doc: unknown) => doc);
  return isDeepStrictEqual(seen(old), seen(now));
};

/** Documents that differ, a line each. */
export const changed = (before: Documents, after: Documents): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((view) => {
    const [old, now] = [before[view] ?? {}, after[view] ?? {}];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])]
      .filter((key) => !isSame(view, old[key], now[key]))
      .map((key) => `${view} ${key}: ${JSON.stringify(old[key])} became ${JSON.stringify(now[key])}`);
  });

/** Anchors follow the clock, and every start of detection tells anew what it runs. */
const TOLD_ANEW = ['anchor.made', 'ruleset.loaded'];

/** How many facts each service that decides has stored, without those that are told anew. */
export const storedFacts = async (
  { storeOf }: TestInstallation,
  tenants: string[],
): Promise<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const { name } of definitions.filter(hasStreams)) {
    found[name] = await storeOf(name, async (store) => {
      let count = 0;
      for (const tenant of tenants)
        for await (const { message } of store.facts(tenant).all()) count += TOLD_ANEW.includes(message.type) ? 0 : 1;
      return count;
    });
  }
  return found;
};

/** What the chain check says of everything stored, by name. */
export const chainProblems = async ({ storeOf }: TestInstallation, tenants: string[]): Promise<string[]> => {
  const found: string[] = [];
  for (const { name } of definitions.filter(hasStreams)) {
    await storeOf(name, async (store) => {
      for (const tenant of tenants) {
        const problems = await store.facts(tenant).verify();
        found.push(...problems.map(({ streamId, version, problem }) => `${name} ${streamId} ${version}: ${problem}`));
      }
    });
  }
  return found;
};
