import { Command } from 'commander';
import { commands, type ListedCommand } from './commands/index.js';

const nameOf = ({ usage }: ListedCommand): string => usage.split(' ', 1)[0] ?? '';

/** The command that is called, or that help is asked for. */
const calledIn = (words: readonly string[]): string | undefined => {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  return first === 'help' ? second : first;
};

/**
 * The command line, of which the command that is called is whole; of the others it knows name and description, which is
 * what the help needs. @param words what stands behind `vigie`.
 */
export const programFor = async (words: readonly string[]): Promise<Command> => {
  const vigie = new Command('vigie')
    .description('Vigie on this machine: bring it up, onboard tenants, replay telemetry, look at cases and reports.')
    .showHelpAfterError()
    .exitOverride();
  const called = calledIn(words);
  for (const listed of commands) {
    const command = vigie.command(listed.usage).description(listed.description);
    if (nameOf(listed) === called) (await listed.load())(command);
  }
  return vigie;
};
