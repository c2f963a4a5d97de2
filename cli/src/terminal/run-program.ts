import { CommanderError, type Command } from 'commander';
import { Fault, Refused } from '#libs/model';
import { say } from './print.js';

/** Refusals, faults and what the system says of files and addresses need no stack trace. */
const isForPeople = (error: unknown): error is Error =>
  error instanceof Refused || error instanceof Fault || (error instanceof Error && 'code' in error);

const textOf = (error: unknown): string => {
  if (isForPeople(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

/** Whoever reads what is printed may have read enough (`… | head -1`): then there is nothing left to do. */
const endWhereNobodyReads = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
};

/** Runs a program that has exitOverride(). Ends with 0 when done, 1 when refused or failed, 2 on a wrong call. */
export const runProgram = async (program: Command, argv: string[]): Promise<void> => {
  endWhereNobodyReads();
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    say(`${program.name()}: ${textOf(error)}`);
    process.exitCode = 1;
  }
};
