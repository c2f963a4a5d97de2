import { programFor } from './program.js';
import { runProgram } from './terminal/run-program.js';

/** Runs the command line. */
export const run = async (argv: string[]): Promise<void> => runProgram(await programFor(argv.slice(2)), argv);
