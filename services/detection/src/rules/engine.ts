/**
 * The rules that run: built-in ones and the active import, compiled together and exchanged as a whole; beside them each
 * tenant's own. Changes are heard by every replica, each reading alone; what is compiled is what the store says, so
 * nothing heard late or twice matters.
 */
import { fromRecord, type Batch } from '#libs/events';
import { Fault, OPERATOR, Unreadable } from '#libs/model';
import type { Meter, RuleSource } from '#libs/sigma';
import { every } from '#libs/service';
import { announce, figuresOf, logFailures } from './announce.js';
import { compileRules, compileRulesCached } from './compile-rules.js';
import type { CompiledRules, LoadedRules } from './loaded-rules.js';
import { openBudgets } from './budgets.js';
import { watchHealth, type Naming } from './resting-rules.js';
import { CHANGES, additionsOf } from './tenant-additions.js';
import type { EngineContext, EngineOptions } from './engine-context.js';
import { activeImport } from './active-import.js';
import { openTenantRules } from './open-tenant-rules.js';
import { openExceptionCounts } from './exception-counts.js';
import type { TenantRuleSets } from './tenants.js';

const TOPIC = 'vigie.ruleset.events';
const LOOK_EVERY_MS = 1_000;

export interface DetectionEngine {
  /**
   * The rules of a tenant at this moment; keep them for as long as a batch takes.
   * @throws Fault when changes are heard no more.
   */
  of(tenant: string): CompiledRules | Promise<CompiledRules>;
  /**
   * The file of a rule that runs for the tenant, its own or one for everybody; of a correlation those of its rules,
   * too. None: it does not run.
   */
  sourcesOf(tenant: string, ruleId: string): Promise<RuleSource[]>;
  placeholdersOf(tenant: string): Promise<Record<string, string[]>>;
  close(): Promise<void>;
}

/** Tenants whose rules have changed, and whether by an import. */
const changesIn = (records: Batch['records'], unreadable: (code: string) => void): Map<string, boolean> => {
  const found = new Map<string, boolean>();
  for (const record of records) {
    try {
      const { type, tenant } = fromRecord(record).envelope;
      if ((CHANGES as readonly string[]).includes(type))
        found.set(tenant, (found.get(tenant) ?? false) || type === 'ruleset.activated');
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      unreadable(error.code);
    }
  }
  return found;
};

/** Files of an import under paths that no built-in file has: a path leads to one text. */
const besides = (builtIn: readonly RuleSource[], imported: readonly RuleSource[]): RuleSource[] => {
  const taken = new Set(builtIn.map(({ path }) => path));
  return imported.map(({ path, text }) => ({ path: taken.has(path) ? `import/${path}` : path, text }));
};

/** The rules for everybody. */
const openGlobal = (context: EngineContext, { builtIn, windowMs, cacheFolder }: EngineOptions) => {
  const { store, log } = context;
  const figures = figuresOf(context);
  let current: LoadedRules | undefined;
  let active: string | undefined;
  let work: Promise<void> = Promise.resolve();

  const compileGlobal = async (sources: RuleSource[]): Promise<Awaited<ReturnType<typeof compileRulesCached>>> =>
    cacheFolder === ''
      ? { loaded: await compileRules(sources, windowMs), fromCache: false }
      : compileRulesCached(cacheFolder, sources, windowMs);
  const load = async (): Promise<void> => {
    const imported = await activeImport(store);
    if (current && imported?.importId === active) return;
    const began = performance.now();
    const { loaded, fromCache, unsaved } = await compileGlobal([
      ...builtIn,
      ...besides(builtIn, imported?.files ?? []),
    ]);
    current = loaded;
    if (unsaved !== undefined) log.warn({ unsaved }, 'compiled rules cannot be kept for the next start');
    active = imported?.importId;
    const { rules, correlations, failures, running, versions } = current;
    figures.loaded.set(rules);
    figures.failed.set(failures.length);
    figures.reloads.inc();
    logFailures(log, failures);
    const elapsedMs = Math.round(performance.now() - began);
    log.info(
      { rules, correlations, failures: failures.length, importId: active, fromCache, elapsedMs },
      'rules loaded',
    );
    await announce(context, OPERATOR, { importId: active ?? '', running, versions, failures, elapsedMs });
  };
  return {
    current: (): LoadedRules => {
      if (!current) throw new Fault('no rules are loaded');
      return current;
    },
    load: (): Promise<void> => {
      const mine = work.then(load);
      work = mine.catch(() => undefined);
      return mine;
    },
  };
};

/** A rule by what it is called where it runs for the tenant; an exception by its id. */
const namingIn =
  (global: () => LoadedRules, tenants: TenantRuleSets): Naming =>
  (tenant, ruleId) => {
    const own = tenants
      .sets()
      .filter((one) => one.tenant === tenant)
      .map(({ set }) => set);
    const set = [...own, global()].find(({ known }) => known.has(ruleId));
    return {
      title: set?.known.get(ruleId)?.title ?? ruleId,
      version: set?.versions.find((one) => one.ruleId === ruleId)?.version ?? '',
    };
  };

/** Rules that run on somebody's account. */
const onAccount = (rules: CompiledRules, meter: Meter): CompiledRules => ({
  ...rules,
  hitsOf: (kind, event, context) => rules.hitsOf(kind, event, context, meter),
  explain: (ruleId, kind, event) => rules.explain(ruleId, kind, event, meter),
});

/** Compiles what is active and follows changes. */
export const openEngine = async (context: EngineContext, options: EngineOptions): Promise<DetectionEngine> => {
  const { store, broker, log } = context;
  let broken: Fault | undefined;
  const global = openGlobal(context, options);
  const suppressed = openExceptionCounts(context);
  const budgets = openBudgets(context.clock);
  const { tenants, close: closeOwn } = openTenantRules(context, () => global.current(), options, suppressed);
  const health = watchHealth(
    context,
    budgets,
    namingIn(() => global.current(), tenants),
  );
  // Followed before the store is read: no change falls between.
  const following = broker.consume({
    topics: [TOPIC],
    fromBeginning: false,
    handle: async ({ records }) => {
      const changes = changesIn(records, (code) => log.error({ code }, 'a fact about rules cannot be read'));
      if (changes.has(OPERATOR)) await global.load();
      for (const [tenant, imported] of changes) if (tenant !== OPERATOR) await tenants.changed(tenant, imported);
    },
    onFault: (error) => {
      broken = error;
    },
  });
  await following.ready();
  await global.load();
  const stop = every(
    LOOK_EVERY_MS,
    async () => {
      tenants.forgetUnused();
      await health();
      await suppressed.tell();
    },
    (error) => log.warn({ err: error }, 'what exceptions let pass, or a rule that was switched off, is told later'),
  );
  return {
    of: (tenant) => {
      if (broken) throw broken;
      const rules = tenants.of(tenant);
      return rules instanceof Promise
        ? rules.then((one) => onAccount(one, budgets.batch(tenant)))
        : onAccount(rules, budgets.batch(tenant));
    },
    sourcesOf: async (tenant, ruleId) => {
      await tenants.of(tenant);
      return (
        [
          ...tenants
            .sets()
            .filter((one) => one.tenant === tenant)
            .map(({ set }) => set),
          global.current(),
        ]
          .map((set) => set.sourcesOf(ruleId))
          .find((sources) => sources.length > 0) ?? []
      );
    },
    placeholdersOf: async (tenant) => (await additionsOf(store, tenant)).placeholders,
    close: async () => {
      await following.stop();
      await stop();
      await closeOwn();
      await suppressed.tell(true);
    },
  };
};
