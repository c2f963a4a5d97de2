/**
 * Type names defined in more than one file, with where: a word has one meaning. As a command it lists those that touch
 * a path: node tools/tidy/type-names.mjs [path]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

const DEFINITION =
  /^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:type|interface|class|enum) (\w+)\b(?=[\s<={])/gm;
/** Text for AssemblyScript speaks its own language; what is generated follows the contracts. */
const LEFT_OUT = /^contracts\/generated\/|^libs\/sigma\/src\/kernel\/webassembly\/assembly\/|\/generated\//;

/** @returns name to the files that define it, of names that more than one file defines */
export const repeatedTypeNames = (files) => {
  const places = new Map();
  for (const file of files.filter((path) => path.endsWith('.ts') && !LEFT_OUT.test(path)))
    for (const [, name] of readFileSync(file, 'utf8').matchAll(DEFINITION))
      places.set(name, (places.get(name) ?? new Set()).add(file));
  return new Map([...places].filter(([, found]) => found.size > 1).map(([name, found]) => [name, [...found]]));
};

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
  const repeated = repeatedTypeNames(files.split('\n').filter((path) => path && existsSync(path)));
  const within = [...repeated].filter(([, found]) => found.some((path) => path.startsWith(argv[2] ?? '')));
  for (const [name, found] of within.sort()) console.log(`${name}: ${found.join(', ')}`);
  console.log(`${within.length} type names are defined more than once`);
}
