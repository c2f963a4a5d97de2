import { readFileSync } from 'node:fs';
import type { RulesetExceptionAdded } from '#contracts';
import { compile, correlationPlan, emptyCorrelationState, feed, growthOf, type RuleSource } from '#libs/sigma';
import { leastCpuMs } from '#libs/measure';
import { HOUR_MS } from '#libs/terms';
import type { SeenEvent } from '../../../../services/detection/src/domain/hits/hit.js';
import { compileRules } from '../../../../services/detection/src/rules/compile-rules.js';
import type { CompiledRules, LoadedRules } from '../../../../services/detection/src/rules/loaded-rules.js';
import type { TenantAdditions } from '../../../../services/detection/src/rules/tenant-additions.js';
import { tenantRules } from '../../../../services/detection/src/rules/tenant-rules.js';
import { linesIn } from '../shares.js';
import { soManyRules } from './variants.js';

/** One point of a curve: `cpuMicros` of user and system time for one event (or one match), of all threads. */
export type Point = { size: number; cpuMicros: number; rssMb: number; [more: string]: number };

const WINDOW_MS = HOUR_MS;
const EXCEPTIONS_A_TENANT = 5;
const RULES_A_TENANT = 10;

const linesOf = (path: string): Buffer[] => linesIn(readFileSync(path)).map((line) => Buffer.from(line));

/** The least of two passes: the first also builds what is built for each kind of event. */
const leastCpuMicros = (count: number, pass: () => void): number => (leastCpuMs(pass, 2) * 1_000) / count;

const rssMb = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20);

const windowsIn = (sources: readonly RuleSource[]): RuleSource[] =>
  sources.filter(({ text }) => /^ +product: windows\s*$/m.test(text));

/** Cost of an event by the number of rules. */
export const byRules = (sources: readonly RuleSource[], events: string, size: number): Point => {
  const lines = linesOf(events);
  const began = performance.now();
  const set = compile(soManyRules(windowsIn(sources), size));
  const loadMs = Math.round(performance.now() - began);
  let matches = 0;
  const cpuMicros = leastCpuMicros(lines.length, () => {
    matches = 0;
    for (const native of lines) matches += set.match({ logsource: 'windows', native }).length;
  });
  return { size, cpuMicros, rssMb: rssMb(), loadMs, rules: set.rules.length, failed: set.failures.length, matches };
};

const exceptionOf = (tenant: number, ruleId: string): RulesetExceptionAdded => ({
  type: 'ruleset.exception-added',
  exceptionId: `${tenant} ${ruleId}`,
  ruleId,
  where: [{ field: 'Image|endswith', values: [`\\tool-${tenant}.exe`] }],
  owner: 'bench',
  reason: 'bench',
  expiresAt: 8.64e15,
  by: { subject: 'bench', side: 'PROVIDER' },
  at: 0,
});

const seenIn = (events: string): SeenEvent[] =>
  linesOf(events).map((native, offset) => ({
    id: `${offset}`,
    occurredAt: 0,
    ingestedAt: 0,
    entity: 'host:x',
    observables: [],
    partition: 0,
    offset,
    index: 0,
    native,
    ocsf: {},
  }));

type OwnOf = (tenant: number) => Partial<TenantAdditions>;

/** Every tenant in turn, with what it adds to the rules for everybody. */
const measureTenants = async (
  global: LoadedRules,
  seen: readonly SeenEvent[],
  size: number,
  ownOf: OwnOf,
): Promise<Point> => {
  const began = process.cpuUsage();
  const tenants: CompiledRules[] = [];
  for (let tenant = 0; tenant < size; tenant++) {
    const own: TenantAdditions = {
      importId: undefined,
      under: '',
      files: [],
      placeholders: {},
      exceptions: [],
      ...ownOf(tenant),
    };
    tenants.push(
      (await tenantRules(
        global,
        own,
        (files, placeholders, known) => compileRules(files, WINDOW_MS, placeholders, known),
        () => undefined,
      )) ?? global,
    );
  }
  const made = process.cpuUsage(began);
  let hits = 0;
  const cpuMicros = leastCpuMicros(seen.length, () => {
    hits = 0;
    for (const [index, event] of seen.entries())
      hits += tenants[index % size]?.hitsOf('WINDOWS', event, undefined).length ?? 0;
  });
  return { size, cpuMicros, rssMb: rssMb(), makeMsPerTenant: (made.user + made.system) / 1_000 / size, hits };
};

/** Cost of an event by the number of tenants, each with exceptions of its own from the rules that match most. */
export const byTenants = async (sources: readonly RuleSource[], events: string, size: number): Promise<Point> => {
  const global = await compileRules(sources, WINDOW_MS);
  const seen = seenIn(events);
  const often = new Map<string, number>();
  for (const {
    detection: { id },
  } of seen.flatMap((event) => global.hitsOf('WINDOWS', event, undefined)))
    often.set(id, (often.get(id) ?? 0) + 1);
  const most = [...often]
    .sort((a, b) => b[1] - a[1])
    .slice(0, EXCEPTIONS_A_TENANT)
    .map(([id]) => id);
  return measureTenants(global, seen, size, (tenant) => ({
    exceptions: most.map((ruleId) => exceptionOf(tenant, ruleId)),
  }));
};

/** Cost of an event by the number of tenants, each with rules of its own that nobody else has. */
export const byOwnRules = async (sources: readonly RuleSource[], events: string, size: number): Promise<Point> => {
  const windows = windowsIn(sources);
  const others = soManyRules(windows, windows.length + size * RULES_A_TENANT).slice(windows.length);
  const own: OwnOf = (tenant) => ({
    importId: `${tenant}`,
    files: others.slice(tenant * RULES_A_TENANT, (tenant + 1) * RULES_A_TENANT),
  });
  return measureTenants(await compileRules(sources, WINDOW_MS), seenIn(events), size, own);
};

const FAILED_OFTEN = `title: often
id: often
correlation: { type: event_count, rules: [failed], group-by: [User], timespan: 1h, condition: { gte: 1000 } }
---
title: failed
id: failed
logsource: { product: windows }
detection: { s: { EventID: 4625 }, condition: s }
`;

/**
 * Cost of a match by the number of keys a correlation counts, a thousand matches a second; the state is bounded, so
 * keys go when there are too many.
 */
export const byKeys = (size: number): Point => {
  const plan = correlationPlan(compile([{ path: 'often.yml', text: FAILED_OFTEN }]).correlations);
  const state = emptyCorrelationState();
  const matches = Math.max(200_000, size * 2);
  let most = 0;
  const before = process.cpuUsage();
  for (let nth = 0; nth < matches; nth++) {
    // A step without common factor: keys come in no order that a map likes.
    const User = `user-${(nth * 7_368_787) % size}`;
    feed(plan, state, {
      scope: '',
      correlationId: 'often',
      node: 0,
      ruleId: 'failed',
      eventId: `e${nth}`,
      occurredAt: nth,
      values: { User },
    });
    if (nth % 1_000 === 0) most = Math.max(most, growthOf(state).bytes);
  }
  const { user, system } = process.cpuUsage(before);
  const { groups, evicted, bytes } = growthOf(state);
  return {
    size,
    cpuMicros: (user + system) / matches,
    rssMb: rssMb(),
    matches,
    groups,
    evicted,
    stateMb: bytes / 2 ** 20,
    mostStateMb: most / 2 ** 20,
  };
};
