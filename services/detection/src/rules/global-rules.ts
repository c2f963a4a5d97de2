import { Fault } from '#libs/model';
import type { RuleSource } from '#libs/sigma';
import { OPERATOR } from '#libs/terms';
import { activeImport } from './active-import.js';
import { announce, figuresOf, logFailures } from './announce.js';
import { compileRules, compileRulesCached } from './compile-rules.js';
import type { EngineContext, EngineOptions } from './engine-context.js';
import type { LoadedRules } from './loaded-rules.js';

/** The rules for everybody: built-in ones and the active import. */
export interface GlobalRules {
  /** @throws Fault when none are loaded yet. */
  current(): LoadedRules;
  /** Compiles what is active now, unless it runs already; one after the other. */
  load(): Promise<void>;
}

/** Files of an import under paths that no built-in file has: a path leads to one text. */
const besides = (builtIn: readonly RuleSource[], imported: readonly RuleSource[]): RuleSource[] => {
  const taken = new Set(builtIn.map(({ path }) => path));
  return imported.map(({ path, text }) => ({ path: taken.has(path) ? `import/${path}` : path, text }));
};

export const openGlobalRules = (
  context: EngineContext,
  { builtIn, windowMs, cacheFolder }: EngineOptions,
): GlobalRules => {
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
