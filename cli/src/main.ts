import { Command, CommanderError } from 'commander';
import { Fault, Refused } from '#libs/model';
import { commands } from './commands/index.js';
import { say } from './screen.js';

/** Refusals, faults and what the system says of files and addresses need no stack trace. */
const isForPeople = (error: unknown): error is Error =>
  error instanceof Refused || error instanceof Fault || (error instanceof Error && 'code' in error);

const program = (): Command => {
  const vigie = new Command('vigie')
    .description('Vigie on this machine: bring it up, onboard tenants, replay telemetry, look at cases and reports.')
    .showHelpAfterError()
    .exitOverride();
  for (const add of commands) add(vigie);
  return vigie;
};

/** Runs the command line. Ends with 0 when done, 1 when refused or failed, 2 on a wrong call. */
export const run = async (argv: string[]): Promise<void> => {
  try {
    await program().parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    say(
      `vigie: ${isForPeople(error) ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    process.exitCode = 1;
  }
};
