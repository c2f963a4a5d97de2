import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  builtInPipeline,
  compileInSteps,
  keyOf,
  layOut,
  loadCompiled,
  saveCompiled,
  type CompileOptions,
  type RuleSet,
  type RuleSource,
} from '#libs/sigma';

const ENDING = '.sigma-rules';
const FILES_KEPT = 8;

/** `unsaved`: why the rules could not be kept for next time. */
export type CachedRules = { ruleSet: RuleSet; fromCache: boolean; unsaved?: string };

/**
 * compile(), but for rules compiled before: those come from the folder, laid out for every kind of event. What is
 * damaged there is compiled anew.
 */
export const compileCached = (
  folder: string,
  sources: readonly RuleSource[],
  options: CompileOptions = {},
): CachedRules => {
  const steps = compileCachedInSteps(folder, sources, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

/** As compileCached(), and between steps the caller may let others work. */
export function* compileCachedInSteps(
  folder: string,
  sources: readonly RuleSource[],
  options: CompileOptions = {},
): Generator<undefined, CachedRules> {
  const key = keyOf(sources, options);
  const path = join(folder, `${Buffer.from(key).toString('hex')}${ENDING}`);
  const kept = read(path, key, options);
  if (kept) return { ruleSet: kept, fromCache: true };
  const ruleSet = yield* compileInSteps(sources, options);
  yield* layOut(ruleSet, options.pipeline ?? builtInPipeline);
  const unsaved = write(folder, path, saveCompiled(ruleSet, key));
  return { ruleSet, fromCache: false, ...(unsaved === undefined ? {} : { unsaved }) };
}

const read = (path: string, key: Uint8Array, options: CompileOptions): RuleSet | undefined => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined; // Not there, or not readable: either way the rules are compiled.
  }
  return loadCompiled(bytes, key, options);
};

/** Written beside and then renamed: nobody reads half a file. */
const write = (folder: string, path: string, bytes: Uint8Array): string | undefined => {
  const half = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(half, bytes);
    renameSync(half, path);
    forgetOld(folder);
    return undefined;
  } catch (error) {
    if (existsSync(half)) rmSync(half);
    return error instanceof Error ? error.message : String(error);
  }
};

const forgetOld = (folder: string): void => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => join(folder, name));
  const byAge = files.map((path) => ({ path, at: statSync(path).mtimeMs })).sort((a, b) => b.at - a.at);
  for (const { path } of byAge.slice(FILES_KEPT)) rmSync(path, { force: true });
};
