/** What a program of ours reads and prints on a terminal. */
export { countFrom } from './flags.js';
export { interruption, unlessInterrupted } from './interruption.js';
export { fromCaller } from './paths.js';
export { print, printJson, say, table } from './print.js';
export { runProgram } from './run-program.js';
export { readSource } from './source-flag.js';
