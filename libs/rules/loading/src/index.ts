/**
 * Compiled rules kept in a folder, for the next process, or handed over by a thread of their own. `libs/sigma`, which
 * is pure, says what is kept and whether it can be trusted (`saveCompiled`, `loadCompiled`); this library reads and
 * writes the files, and starts, bounds and ends the thread.
 */
export { CompileFailed, openCompileThread, type CompileThread, type CompileThreadOptions } from './compile-thread.js';
export { readRules, rulesUnder } from './rule-files.js';
export { compileCached, compileCachedInSteps } from './file-cache.js';
