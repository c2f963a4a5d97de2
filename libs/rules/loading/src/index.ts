/**
 * Compiled rules kept in a folder, for the next process, or handed over by a thread of their own. `libs/sigma`, which
 * is pure, says what is kept and whether it can be trusted (`saveCompiled`, `loadCompiled`); this library reads and
 * writes the files, and starts, bounds and ends the thread.
 */
export { CompileFailed, openApart, type Apart, type ApartOptions } from './apart.js';
export { compileCached, compileCachedInSteps, type Cached } from './file-cache.js';
