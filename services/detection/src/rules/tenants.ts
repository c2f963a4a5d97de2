/**
 * The rules of tenants that have some of their own. A tenant's are compiled when its first event comes, dropped when
 * none came for a while, and made anew when it changes them or those for everybody change; until then the ones before
 * run on. Those for everybody are compiled once, whatever the number of tenants.
 */
import { Fault } from '#libs/model';
import type { CompiledRules, LoadedRules } from './loaded-rules.js';
import type { TenantAdditions } from './tenant-additions.js';
import type { TenantRules } from './tenant-rules.js';

export const UNUSED_AFTER_MS = 30 * 60_000;
/** A tenant with exceptions alone takes some 30 KiB, one with rules of its own some 500. */
export const HELD_AT_MOST = 1_024;

export interface TenantRuleSetsPorts {
  global(): LoadedRules;
  /** Reads and compiles what the tenant adds to these rules. @returns `rules` undefined when it adds nothing. */
  make(tenant: string, global: LoadedRules): Promise<{ own: TenantAdditions; rules: TenantRules | undefined }>;
  /** Told whenever a tenant's rules were made. */
  made(tenant: string, own: TenantAdditions, rules: TenantRules, elapsedMs: number): Promise<void>;
  /** Told when a tenant's rules could not be made for a reason of their own, neither the store's nor the broker's. */
  failed(tenant: string, error: unknown): void;
  /** Milliseconds that only count up. */
  elapsed(): number;
}

export interface TenantRuleSets {
  /** What runs for the tenant now; a promise when it is not there yet. */
  of(tenant: string): CompiledRules | Promise<CompiledRules>;
  /**
   * The tenant's own have changed. Resolves when the new ones run.
   * @param atOnce also when no event has asked for them.
   */
  changed(tenant: string, atOnce: boolean): Promise<void>;
  forgetUnused(): void;
  /** Compiled sets that are some tenant's. */
  sets(): { tenant: string; set: LoadedRules }[];
}

interface HeldRules {
  base: LoadedRules;
  /** None: the tenant adds nothing. */
  rules: TenantRules | undefined;
  usedAt: number;
}

/** One tenant after the other, each once: all of them want it at the same moment. What fails is asked for again. */
const oneByOne = (work: (tenant: string) => Promise<void>): ((tenant: string) => void) => {
  const queued = new Set<string>();
  let last: Promise<void> = Promise.resolve();
  return (tenant) => {
    if (queued.has(tenant)) return;
    queued.add(tenant);
    last = last
      .then(() => {
        queued.delete(tenant);
        return work(tenant);
      })
      .catch(() => undefined);
  };
};

const forget = (held: Map<string, HeldRules>, now: number): void => {
  for (const [tenant, { usedAt }] of held) if (now - usedAt > UNUSED_AFTER_MS) held.delete(tenant);
  const compiled = [...held].filter(([, { rules }]) => rules);
  for (const [tenant] of compiled.slice(0, Math.max(0, compiled.length - HELD_AT_MOST))) held.delete(tenant);
};

/** Makes tenants' rules, one after the other for a tenant: what is read last runs last. */
const openMaking = ({ global, make, made, failed, elapsed }: TenantRuleSetsPorts, held: Map<string, HeldRules>) => {
  const loading = new Map<string, Promise<void>>();
  const load = async (tenant: string): Promise<void> => {
    const began = elapsed();
    const base = global();
    const result = await make(tenant, base).catch((error: unknown) => {
      if (error instanceof Fault) throw error;
      failed(tenant, error);
    });
    // Whatever is wrong with one tenant's rules: those that ran, or those for everybody, go on.
    const before = held.get(tenant);
    const rules = result ? result.rules : before?.base === base ? before.rules : undefined;
    held.set(tenant, { base, rules, usedAt: elapsed() });
    if (result?.rules) await made(tenant, result.own, result.rules, Math.round(elapsed() - began));
  };
  const next = (tenant: string): Promise<void> => {
    const before = loading.get(tenant) ?? Promise.resolve();
    const mine = before
      .catch(() => undefined)
      .then(() => load(tenant))
      .finally(() => {
        if (loading.get(tenant) === mine) loading.delete(tenant);
      });
    loading.set(tenant, mine);
    mine.catch(() => undefined);
    return mine;
  };
  return { loading, next };
};

export const openTenantRuleSets = (ports: TenantRuleSetsPorts): TenantRuleSets => {
  const { global, elapsed } = ports;
  // In the order of their last use.
  const held = new Map<string, HeldRules>();
  const { loading, next } = openMaking(ports, held);
  const renew = oneByOne((tenant) => (held.get(tenant)?.base === global() ? Promise.resolve() : next(tenant)));
  const here = (tenant: string, one: HeldRules): CompiledRules => {
    one.usedAt = elapsed();
    held.delete(tenant);
    held.set(tenant, one);
    return one.rules ?? one.base;
  };
  const of = (tenant: string): CompiledRules | Promise<CompiledRules> => {
    const one = held.get(tenant);
    if (one && !one.rules) one.base = global();
    if (one) {
      // What a tenant adds stays on top of the rules for everybody as they were until both are ready.
      if (one.base !== global()) renew(tenant);
      return here(tenant, one);
    }
    return (loading.get(tenant) ?? next(tenant)).then(() => of(tenant));
  };
  return {
    of,
    changed: async (tenant, atOnce) => {
      if (atOnce || held.has(tenant) || loading.has(tenant)) await next(tenant);
    },
    forgetUnused: () => forget(held, elapsed()),
    sets: () => [...held].flatMap(([tenant, { rules }]) => (rules?.sets ?? []).map((set) => ({ tenant, set }))),
  };
};
