/**
 * The rules that run: built-in ones and the active import, compiled together and exchanged as a whole; beside them each
 * tenant's own. Changes are heard by every replica, each reading alone; what is compiled is what the store says, so
 * nothing heard late or twice matters.
 */
import { fromRecord, type Batch } from '#libs/events';
import { Unreadable, type Fault } from '#libs/model';
import type { Meter, RuleSource } from '#libs/sigma';
import { every } from '#libs/service';
import { OPERATOR } from '#libs/terms';
import type { CompiledRules, LoadedRules } from './loaded-rules.js';
import { openBudgets } from './budgets.js';
import { watchHealth, type Naming } from './resting-rules.js';
import { CHANGES, additionsOf, type TenantAdditions } from './tenant-additions.js';
import type { EngineContext, EngineOptions } from './engine-context.js';
import { openGlobalRules, type GlobalRules } from './global-rules.js';
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
  /** Files that make of events what a rule makes of them for the tenant; see CompiledRules. None: it does not run. */
  sourcesOf(tenant: string, ruleId: string): Promise<RuleSource[]>;
  /** What a tenant gave to rules, as its facts say. */
  givenBy(tenant: string): Promise<Pick<TenantAdditions, 'placeholders' | 'exceptions'>>;
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

/** Sets that may hold a rule of the tenant: its own first. */
const setsOf = (tenants: TenantRuleSets, tenant: string, global: LoadedRules): LoadedRules[] => [
  ...tenants
    .sets()
    .filter((one) => one.tenant === tenant)
    .map(({ set }) => set),
  global,
];

/** A rule by what it is called where it runs for the tenant; an exception by its id. */
const namingIn =
  ({ current }: GlobalRules, tenants: TenantRuleSets): Naming =>
  (tenant, ruleId) => {
    const set = setsOf(tenants, tenant, current()).find(({ known }) => known.has(ruleId));
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

/** Follows what changes; each replica alone. @returns whether it is still heard, and how to end */
const follow = (
  { broker, log }: EngineContext,
  global: GlobalRules,
  tenants: TenantRuleSets,
): { ready: () => Promise<void>; check: () => void; stop: () => Promise<void> } => {
  let broken: Fault | undefined;
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
  return {
    ready: () => following.ready(),
    check: () => {
      if (broken) throw broken;
    },
    stop: () => following.stop(),
  };
};

/** Compiles what is active and follows changes. */
export const openEngine = async (context: EngineContext, options: EngineOptions): Promise<DetectionEngine> => {
  const { store, clock, log } = context;
  const global = openGlobalRules(context, options);
  const suppressed = openExceptionCounts(context);
  const budgets = openBudgets(clock);
  const { tenants, close: closeTenants } = openTenantRules(context, () => global.current(), options, suppressed);
  const watch = watchHealth(context, budgets, namingIn(global, tenants));
  // Followed before the store is read: no change falls between.
  const following = follow(context, global, tenants);
  await following.ready();
  await global.load();
  const stop = every(
    LOOK_EVERY_MS,
    async () => {
      tenants.forgetUnused();
      await watch();
      await suppressed.tell();
    },
    (error) => log.warn({ err: error }, 'what exceptions let pass, or a rule that was switched off, is told later'),
  );
  return {
    of: (tenant) => {
      following.check();
      const rules = tenants.of(tenant);
      return rules instanceof Promise
        ? rules.then((one) => onAccount(one, budgets.batch(tenant)))
        : onAccount(rules, budgets.batch(tenant));
    },
    sourcesOf: async (tenant, ruleId) => (await tenants.of(tenant)).sourcesOf(ruleId),
    givenBy: (tenant) => additionsOf(store, tenant),
    close: async () => {
      await following.stop();
      await stop();
      await closeTenants();
      await suppressed.tell(true);
    },
  };
};
