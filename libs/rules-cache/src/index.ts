/**
 * Compiled rules kept in a folder, for the next process. `libs/sigma`, which is pure, says what is kept and whether it can be trusted
 * (`saveCompiled`, `loadCompiled`); this library reads and writes the files.
 */
export { compileCached, compileCachedInSteps, type Cached } from './file-cache.js';
