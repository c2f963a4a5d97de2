import type { Command } from 'commander';
import { programFor } from '../program.js';
import { installationDir } from '../installation/chosen.js';
import { commands } from './index.js';

const namesOf = ({ commands: all }: Command): string[][] =>
  all.flatMap((one) => [[one.name()], ...namesOf(one).map((names) => [one.name(), ...names])]);

const helpOf = async (words: string[]): Promise<string> => {
  let shown = '';
  const program = await programFor(words);
  const listen = (command: Command): void => {
    command.exitOverride().configureOutput({ writeOut: (text) => void (shown += text), writeErr: () => undefined });
    command.commands.forEach(listen);
  };
  listen(program);
  await program.parseAsync(['node', 'vigie', ...words]).catch((error: { code?: string }) => {
    if (error.code !== 'commander.helpDisplayed' && error.code !== 'commander.help') throw error;
  });
  return shown;
};

const names = commands.map(({ usage }) => usage.split(' ')[0] ?? '');

it('lists every command with what it does', async () => {
  const help = (await helpOf(['--help'])).replaceAll(/\s+/g, ' ');
  for (const { usage, description } of commands) expect(help).toContain(`${usage} ${description}`);
});

it.each(names)('vigie %s and all that stands below it have a help', async (name) => {
  const command = (await programFor([name])).commands.find((one) => one.name() === name) as Command;
  for (const below of [[], ...namesOf(command)]) {
    const help = await helpOf([name, ...below, '--help']);
    expect(help).toMatch(new RegExp(`^Usage: vigie ${[name, ...below].join(' ')}\\b`));
    expect(await helpOf(['help', name])).toMatch(`Usage: vigie ${name}`);
  }
});

it.each(names)('vigie %s, and each command below it, is told which installation it is about', async (name) => {
  const command = (await programFor([name])).commands.find((one) => one.name() === name) as Command;
  const leaves = (one: Command): Command[] => (one.commands.length ? one.commands.flatMap(leaves) : [one]);
  for (const leaf of leaves(command)) {
    const flags = leaf.options.filter(({ long }) => long === '--dir');
    expect([leaf.name(), flags.length]).toEqual([leaf.name(), 1]);
  }
});

it('a command works on the installation that it is told', async () => {
  const seen: string[] = [];
  const run = async (...words: string[]): Promise<void> => {
    const program = await programFor(['topics']);
    const [topics] = program.commands.filter((one) => one.name() === 'topics');
    for (const leaf of topics?.commands ?? []) leaf.action(() => void seen.push(`${leaf.name()} ${installationDir()}`));
    await program.parseAsync(['node', 'vigie', 'topics', ...words]);
  };
  await run('--dir', '.stack/other');
  await run();
  await run('grow', '--partitions', '12', '--dir', '.stack/third');
  expect(seen).toEqual(['list .stack/other', 'list .stack/run', 'grow .stack/third']);
});

it('takes what is no command for a wrong call', async () => {
  await expect(helpOf(['no-such-command'])).rejects.toThrow("unknown command 'no-such-command'");
});
