import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { idOf } from '#libs/model';
import { CompileFailed, openCompileThread, type CompileThread, type CompileThreadOptions } from '#libs/rules/loading';
import { keyOf } from '#libs/sigma';
import { TENANT_LIMITS } from '#libs/rules';
import type { RulesetParkImport } from '#contracts';
import { announce, logFailures } from './announce.js';
import { loadedRules, type LoadedRules } from './loaded-rules.js';
import type { EngineContext, EngineOptions } from './engine-context.js';
import { additionsOf, type TenantAdditions, type CompileKeyOf } from './tenant-additions.js';
import type { ExceptionCounts } from './exception-counts.js';
import type { CompileAdditions } from './tenant-parts.js';
import { tenantRules, type TenantRules } from './tenant-rules.js';
import { openTenantRuleSets, type TenantRuleSets } from './tenants.js';

/** The thread's program, from the working directory: it is run as it was built, by tests too. */
const ENTRY = resolve('dist/libs/rules/loading/src/worker.js');
const PARKED_AT_MOST = 1_000;

/** Of everything that decides whether an import can be compiled. */
const underIn =
  ({ megabytes, milliseconds }: Omit<CompileThreadOptions, 'entry'>): CompileKeyOf =>
  (files, placeholders) =>
    createHash('sha256')
      .update(keyOf(files, { placeholders, limits: TENANT_LIMITS }))
      .update(`${megabytes} ${milliseconds}`)
      .digest('hex')
      .slice(0, 16);

/** Compiles in a thread that may be lost. Only names of the rules for everybody go there. */
const compileWith =
  (apart: CompileThread, windowMs: number): CompileAdditions =>
  async (sources, placeholders, known) => {
    const names = known.map(({ id, name }) => ({ id, name }));
    const set = await apart.compile(sources, {
      placeholders,
      known: names,
      limits: TENANT_LIMITS,
      watches: 'everything',
    });
    return loadedRules(set, sources, windowMs, placeholders, known);
  };

/** Tells who imported them that a tenant's rules run, once for each change. */
const telling = (context: EngineContext) => {
  const told = new Map<string, string>();
  return async (
    tenant: string,
    { importId, exceptions }: TenantAdditions,
    { own: { running, versions, failures } }: TenantRules,
    elapsedMs: number,
  ): Promise<void> => {
    context.log.info(
      { tenant, importId, rules: running.length, exceptions: exceptions.length, failures: failures.length, elapsedMs },
      'rules of a tenant loaded',
    );
    const news = idOf(JSON.stringify([importId, versions, failures]));
    if (told.get(tenant) === news) return;
    logFailures(context.log, failures, tenant);
    // Without an import there may be exceptions that do nothing, and those that were told are over.
    if (importId !== undefined || failures.length > 0 || told.has(tenant))
      await announce(context, tenant, { importId: importId ?? '', running, versions, failures, elapsedMs });
    told.set(tenant, news);
  };
};

/** Imports that could not be compiled: known here at once, and by a fact of the tenant after the next start. */
const parking = ({ ask, log }: EngineContext) => {
  const parked = new Set<string>();
  const keyIn = (tenant: string, importId: string, under: string): string => `${tenant} ${importId} ${under}`;
  return {
    isParked:
      (tenant: string) =>
      (importId: string, under: string): boolean =>
        parked.has(keyIn(tenant, importId, under)),
    park: async (tenant: string, importId: string, under: string, reason: string): Promise<void> => {
      log.warn({ tenant, importId, reason }, 'an import of a tenant cannot be compiled and was parked');
      const request: RulesetParkImport = { type: 'ruleset.park-import', importId, under, reason };
      await ask([{ id: idOf('ruleset.park-import', tenant, importId, under), tenant, request }]);
      if (parked.size >= PARKED_AT_MOST) parked.clear();
      parked.add(keyIn(tenant, importId, under));
    },
  };
};

/**
 * What tenants add to the rules for everybody. An import that cannot be compiled is parked and told; the one before
 * runs on.
 */
export const openTenantRules = (
  context: EngineContext,
  global: () => LoadedRules,
  { windowMs, tenantRules: bounds }: EngineOptions,
  { count }: ExceptionCounts,
): { tenants: TenantRuleSets; close(): Promise<void> } => {
  const apart = openCompileThread({ entry: ENTRY, ...bounds });
  const { isParked, park } = parking(context);
  const underOf = underIn(bounds);
  const compile = compileWith(apart, windowMs);
  const make = async (
    tenant: string,
    base: LoadedRules,
  ): Promise<{ own: TenantAdditions; rules: TenantRules | undefined }> => {
    const own = await additionsOf(context.store, tenant, underOf, isParked(tenant));
    try {
      return {
        own,
        rules: await tenantRules(base, own, compile, (exception, { ingestedAt }) =>
          count(tenant, exception, ingestedAt),
        ),
      };
    } catch (error) {
      if (!(error instanceof CompileFailed) || own.importId === undefined) throw error;
      await park(tenant, own.importId, own.under, error.message);
      return make(tenant, base);
    }
  };
  const failed = (tenant: string, error: unknown): void =>
    context.log.error(
      { tenant, err: error },
      'the rules of a tenant could not be made: it has those that ran, or those for everybody',
    );
  return {
    tenants: openTenantRuleSets({ global, make, made: telling(context), failed, elapsed: () => performance.now() }),
    close: () => apart.close(),
  };
};
