/** What a program of ours reads and prints on a terminal. */
export { above0, countFrom, oneOf, repeated } from './flags.js';
export { fromCaller } from './paths.js';
export { print, printJson, say, table } from './print.js';
export { runProgram } from './run-program.js';
export { readSource, KNOWN_SOURCES } from './source-flag.js';
