/**
 * The rules that run: built-in ones and the active import, compiled together and exchanged as a whole; beside them each
 * tenant's own. Changes are heard by every replica, each reading alone; what is compiled is what the store says, so nothing
 * heard late or twice matters.
 */
import { fromRecord, type Batch } from '#libs/events';
import { Fault, idOf, Unreadable } from '#libs/model';
import type { RuleSource } from '#libs/sigma';
import type { ServiceContext } from '#libs/service';
import { OPERATOR } from '../domain/ruleset.js';
import { announce, figuresOf, logFailures } from './announce.js';
import { compileRules, compileRulesCached, type CompiledRules, type LoadedRules } from './compiled.js';
import { watchHealth } from './health.js';
import { CHANGES, ownOf } from './own.js';
import { activeImport } from './sources.js';
import { suppressedCounts, type Suppressed } from './suppressed.js';
import { tenantRules } from './tenant-rules.js';
import { openTenants, type Tenants } from './tenants.js';

const TOPIC = 'vigie.ruleset.events';
const LOOK_EVERY_MS = 1_000;

export interface Engine {
  /** The rules of a tenant at this moment; keep them for as long as a batch takes. @throws Fault when changes are heard no more. */
  of(tenant: string): CompiledRules | Promise<CompiledRules>;
  /** The file of a rule that runs for the tenant, its own or one for everybody; of a correlation those of its rules, too. None: it does not run. */
  sourcesOf(tenant: string, ruleId: string): Promise<RuleSource[]>;
  placeholdersOf(tenant: string): Promise<Record<string, string[]>>;
  close(): Promise<void>;
}

export interface EngineOptions {
  builtIn: RuleSource[];
  windowMs: number;
  /** Where rules for everybody are kept compiled for the next start; empty: nowhere. */
  cacheFolder: string;
}

export type EngineContext = Pick<ServiceContext, 'store' | 'broker' | 'log' | 'metrics' | 'out' | 'clock'>;

/** Tenants whose rules have changed, and whether by an import. */
const changesIn = (records: Batch['records'], unreadable: (code: string) => void): Map<string, boolean> => {
  const found = new Map<string, boolean>();
  for (const record of records) {
    try {
      const { type, tenant } = fromRecord(record).envelope;
      if ((CHANGES as readonly string[]).includes(type)) found.set(tenant, (found.get(tenant) ?? false) || type === 'ruleset.activated');
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
    (cacheFolder === '' ? { loaded: await compileRules(sources, windowMs), fromCache: false } : compileRulesCached(cacheFolder, sources, windowMs));
  const load = async (): Promise<void> => {
    const imported = await activeImport(store);
    if (current && imported?.importId === active) return;
    const began = performance.now();
    const { loaded, fromCache, unsaved } = await compileGlobal([...builtIn, ...besides(builtIn, imported?.files ?? [])]);
    current = loaded;
    if (unsaved !== undefined) log.warn({ unsaved }, 'compiled rules cannot be kept for the next start');
    active = imported?.importId;
    const { rules, correlations, failures, running, versions } = current;
    figures.loaded.set(rules);
    figures.failed.set(failures.length);
    figures.reloads.inc();
    logFailures(log, failures);
    const elapsedMs = Math.round(performance.now() - began);
    log.info({ rules, correlations, failures: failures.length, importId: active, fromCache, elapsedMs }, 'rules loaded');
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

const openOwn = (context: EngineContext, global: () => LoadedRules, windowMs: number, { count }: Suppressed): Tenants => {
  const { store, log } = context;
  const told = new Map<string, string>();
  return openTenants({
    global,
    read: (tenant) => ownOf(store, tenant),
    build: (tenant, base, own) => tenantRules(base, own, windowMs, (exception, { ingestedAt }) => count(tenant, exception, ingestedAt)),
    made: async (tenant, { importId, exceptions }, { own: { running, versions, failures } }, elapsedMs) => {
      log.info({ tenant, importId, rules: running.length, exceptions: exceptions.length, failures: failures.length, elapsedMs }, 'rules of a tenant loaded');
      const news = idOf(JSON.stringify([importId, versions, failures]));
      if (told.get(tenant) === news) return;
      logFailures(log, failures, tenant);
      // Without an import there may be exceptions that do nothing, and those that were told are over.
      if (importId !== undefined || failures.length > 0 || told.has(tenant)) await announce(context, tenant, { importId: importId ?? '', running, versions, failures, elapsedMs });
      told.set(tenant, news);
    },
    elapsed: () => performance.now(),
  });
};

/** Does something again and again, one at a time. */
const every = (ms: number, work: () => Promise<void>, failed: (error: unknown) => void): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => { running ??= work().catch(failed).finally(() => { running = undefined; }); }, ms);
  return async () => {
    clearInterval(timer);
    await running;
  };
};

/** Compiles what is active and follows changes. */
export const openEngine = async (context: EngineContext, options: EngineOptions): Promise<Engine> => {
  const { store, broker, log } = context;
  let broken: Fault | undefined;
  const global = openGlobal(context, options);
  const suppressed = suppressedCounts(context);
  const health = watchHealth(context);
  const tenants = openOwn(context, () => global.current(), options.windowMs, suppressed);
  // Followed before the store is read: no change falls between.
  const following = broker.consume({
    topics: [TOPIC],
    fromBeginning: false,
    handle: async ({ records }) => {
      const changes = changesIn(records, (code) => log.error({ code }, 'a fact about rules cannot be read'));
      if (changes.has(OPERATOR)) await global.load();
      for (const [tenant, imported] of changes) if (tenant !== OPERATOR) await tenants.changed(tenant, imported);
    },
    onFault: (error) => { broken = error; },
  });
  await following.ready();
  await global.load();
  const stop = every(LOOK_EVERY_MS, async () => {
    tenants.forgetUnused();
    await health([{ scope: OPERATOR, set: global.current() }, ...tenants.sets().map(({ tenant, set }) => ({ scope: tenant, set }))]);
    await suppressed.tell();
  }, (error) => log.warn({ err: error }, 'what exceptions let pass, or a rule that was switched off, is told later'));
  return {
    of: (tenant) => {
      if (broken) throw broken;
      return tenants.of(tenant);
    },
    sourcesOf: async (tenant, ruleId) => {
      await tenants.of(tenant);
      return [...tenants.sets().filter((one) => one.tenant === tenant).map(({ set }) => set), global.current()].map((set) => set.sourcesOf(ruleId)).find((sources) => sources.length > 0) ?? [];
    },
    placeholdersOf: async (tenant) => (await ownOf(store, tenant)).placeholders,
    close: async () => {
      await following.stop();
      await stop();
      await suppressed.tell(true);
    },
  };
};
