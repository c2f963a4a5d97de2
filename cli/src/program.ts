import { Command } from 'commander';
import { commands, type ListedCommand } from './commands/index.js';
import { chooseInstallation, DEFAULT_DIR } from './installation/chosen.js';

const nameOf = ({ usage }: ListedCommand): string => usage.split(' ', 1)[0] ?? '';

/** The command that is called, or that help is asked for. */
const calledIn = (words: readonly string[]): string | undefined => {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  return first === 'help' ? second : first;
};

const leavesOf = (command: Command): Command[] =>
  command.commands.length > 0 ? command.commands.flatMap(leavesOf) : [command];

/** Which installation it is about can be said of every command, as `up` was told it. */
const withFolder = (command: Command): void => {
  for (const leaf of leavesOf(command)) {
    if (!leaf.options.some(({ long }) => long === '--dir'))
      leaf.option('--dir <folder>', 'the installation it is about, as given to up', DEFAULT_DIR);
    leaf.hook('preAction', (_, called) => chooseInstallation(called.opts<{ dir: string }>().dir));
  }
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
    if (nameOf(listed) !== called) continue;
    (await listed.load())(command);
    withFolder(command);
  }
  return vigie;
};
