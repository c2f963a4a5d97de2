import { CompileFailed } from '#libs/rules/loading';
import type { Failure, Rule, RuleSource } from '#libs/sigma';
import { RULE_DISABLED } from '../domain/finding/disabled-rule-finding.js';
import { RULE_FLOODS } from '../domain/flood/flood-finding.js';
import { INDICATOR_MATCH } from '../domain/hits/indicator-match.js';
import type { LoadedRules } from './loaded-rules.js';
import type { TenantAdditions } from './tenant-additions.js';

/** A set and which of its rules run here. */
export interface TenantRulePart {
  loaded: LoadedRules;
  runs(ruleId: string): boolean;
  counts(correlationId: string): boolean;
}

/** What a tenant adds, compiled. */
export interface TenantParts {
  parts: TenantRulePart[];
  /** Its own rules. */
  loaded: LoadedRules | undefined;
  /** Its own that have an id which is taken. */
  doubles: Failure[];
  /** Why rules for everybody that wait for its placeholders sleep on. */
  tired: Failure[];
}

/** Ids under which detection raises findings of its own. */
const RESERVED: readonly string[] = [INDICATOR_MATCH, RULE_DISABLED, RULE_FLOODS];

/** Whether an id belongs to what runs for everybody, or to detection itself. */
export const isTaken = (global: LoadedRules, id: string): boolean =>
  global.known.has(id) || global.correlating(id) !== undefined || RESERVED.includes(id);

const doublesOf = (loaded: LoadedRules, global: LoadedRules): Failure[] =>
  [...loaded.set.rules, ...loaded.set.correlations]
    .filter(({ id }) => isTaken(global, id))
    .map(({ id, file, line }) => ({
      file,
      line,
      reason: `the id ${id} is already used by a rule that runs for everybody; give yours an id of its own, or add an exception from that rule`,
    }));

/** How a tenant's rules are compiled. @throws CompileFailed when they cannot be */
export type CompileAdditions = (
  sources: RuleSource[],
  placeholders: Record<string, string[]>,
  known: readonly Rule[],
) => Promise<LoadedRules>;

/** Half an import would be a surprise. @throws CompileFailed when all rules together ask for too much */
const whole = (loaded: LoadedRules): LoadedRules => {
  const over = loaded.failures.find(({ limit }) => limit?.startsWith('all'));
  if (over) throw new CompileFailed(`${over.file}:${over.line}: ${over.reason}`);
  return loaded;
};

/** Rules for everybody that a tenant's values make too large sleep on: its own run all the same. */
const wokenOf = async (
  sources: RuleSource[],
  { placeholders }: TenantAdditions,
  known: readonly Rule[],
  compile: CompileAdditions,
): Promise<{ woken?: LoadedRules; tired: Failure[] }> => {
  if (sources.length === 0) return { tired: [] };
  try {
    return { woken: whole(await compile(sources, placeholders, known)), tired: [] };
  } catch (error) {
    if (!(error instanceof CompileFailed)) throw error;
    return {
      tired: [
        {
          file: 'placeholders',
          line: 1,
          reason: `rules for everybody cannot be woken by these values: ${error.message}`,
        },
      ],
    };
  }
};

export const partsOf = async (
  global: LoadedRules,
  own: TenantAdditions,
  compile: CompileAdditions,
): Promise<TenantParts> => {
  const { files, placeholders } = own;
  const waiting = global.waitingFor(new Set(Object.keys(placeholders)));
  const { woken, tired } = await wokenOf(waiting.sources, own, global.set.rules, compile);
  const loaded = files.length ? whole(await compile(files, placeholders, global.set.rules)) : undefined;
  const isOwn = (id: string): boolean => !isTaken(global, id);
  const parts: TenantRulePart[] = [
    ...(woken ? [{ loaded: woken, runs: (id: string) => waiting.ruleIds.has(id), counts: () => true }] : []),
    ...(loaded ? [{ loaded, runs: isOwn, counts: isOwn }] : []),
  ];
  return { parts, loaded, doubles: loaded ? doublesOf(loaded, global) : [], tired };
};
