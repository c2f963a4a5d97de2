/**
 * What a branch touches: the folders of the rooms that changed since main and of those that depend on them. Undefined
 * means everything: on main, outside a branch, or when a file of no room (a setting of the whole) changed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { rootOf } from './rooms.mjs';

const git = (...args) => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';

const affectedNames = (base) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['node_modules/nx/dist/bin/nx.js', 'show', 'projects', '--affected', `--base=${base}`, '--json'],
      { encoding: 'utf8', env: { ...process.env, NX_DAEMON: 'false' } },
    ),
  );

/** A setting of the whole: a file in no folder, or in a hidden one. What it says of itself in words sets nothing. */
const setsAll = (path) => /^(\.|[^/]+$)/.test(path) && !path.endsWith('.md');

/** @returns paths that end with a slash, or undefined for everything */
export const affectedRoots = (main = 'main') => {
  const branch = git('symbolic-ref', '-q', '--short', 'HEAD');
  const base = git('merge-base', 'HEAD', main);
  if (branch === '' || branch === main || base === '' || base === git('rev-parse', 'HEAD')) return undefined;
  const changed = git('diff', '--name-only', base).split('\n').filter(Boolean);
  if (changed.some(setsAll)) return undefined;
  return affectedNames(base)
    .map(rootOf)
    .filter((root) => root !== undefined)
    .map((root) => `${root}/`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const root of affectedRoots() ?? ['everything']) console.log(root);
