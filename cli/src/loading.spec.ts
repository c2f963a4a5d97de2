import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Modules of ours by their paths, and packages by their names, that a file loads before it does anything. */
type LoadedModules = { ours: Set<string>; packages: Set<string> };

// Types alone are not loaded, and import() waits until it is called.
const STATIC = /^(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?'([^']+)';/gm;
const ALIASES: [RegExp, string][] = [
  [/^#contracts$/, 'contracts/generated/index.ts'],
  [/^#stack$/, 'tools/stack/src/index.ts'],
  [/^#libs\/(.+)$/, 'libs/$1/src/index.ts'],
];

const fileOf = (from: string, specifier: string): string | undefined => {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier.replace(/\.js$/, '.ts')));
  const [pattern, path] = ALIASES.find(([one]) => one.test(specifier)) ?? [];
  return pattern && path ? specifier.replace(pattern, path) : undefined;
};

const loadedBy = (entry: string, loaded: LoadedModules = { ours: new Set(), packages: new Set() }): LoadedModules => {
  if (loaded.ours.has(entry)) return loaded;
  loaded.ours.add(entry);
  for (const [, specifier = ''] of readFileSync(entry, 'utf8').matchAll(STATIC)) {
    const file = fileOf(entry, specifier);
    if (file) loadedBy(file, loaded);
    else if (!specifier.startsWith('node:')) loaded.packages.add(specifier);
  }
  return loaded;
};

it('follows what it is to follow', () => {
  const { ours, packages } = loadedBy('cli/src/index.ts');
  expect([...ours]).toEqual(expect.arrayContaining(['services/cases/src/cases.module.ts', 'libs/events/src/index.ts']));
  expect([...packages]).toEqual(expect.arrayContaining(['kafkajs', 'mongoose', '@nestjs/common']));
});

/** Services, and what they are built on: seconds of CPU. */
const heavyIn = ({ ours, packages }: LoadedModules): string[] => [
  ...[...ours].filter((path) =>
    /^(contracts|libs\/(events|store|service|rules)|services\/[^/]+\/src\/main)/.test(path),
  ),
  ...[...packages].filter((name) => /kafkajs|avsc|mongoose|nestjs|graphql|apollo|duckdb|typst|echarts/.test(name)),
];

it('vigie --help loads the list of commands, and no command', () => {
  const { ours, packages } = loadedBy('cli/src/main.ts');
  const commands = [...ours].filter((path) => path.startsWith('cli/src/commands/'));
  expect(commands).toEqual(['cli/src/commands/index.ts']);
  expect(heavyIn({ ours, packages })).toEqual([]);
  expect([...packages].sort()).toEqual(['commander']);
});

it.each(['case', 'secret', 'tenant', 'token'])('vigie %s speaks to the gateway and loads no service', (command) =>
  expect(heavyIn(loadedBy(`cli/src/commands/${command}.ts`))).toEqual([]),
);

it.each(['files', 'terminal'])('the door %s loads no service', (door) =>
  expect(heavyIn(loadedBy(`cli/src/${door}/index.ts`))).toEqual([]),
);
