/**
 * Brings a fresh clone to where it can run: dependencies as locked, then the build. Plain Node, so that nothing is
 * needed before it.
 */
import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MINIMUM = [20, 19];
const BUILT = 'dist/.built';
const SOURCES = [
  'contracts',
  'libs',
  'services',
  'cli',
  'tools',
  'e2e',
  'tsconfig.json',
  'tsconfig.base.json',
  'package-lock.json',
];

const say = (line) => void process.stderr.write(`${line}\n`);

const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) say(`${command} ${args.join(' ')} failed`);
  return status === 0;
};

const newest = (path) => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return /\.(ts|json)$/.test(path) ? stat.mtimeMs : 0;
  return Math.max(0, stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};

export const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const enough = major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
  if (!enough) say(`Node ${MINIMUM.join('.')} or later is needed; this is ${process.versions.node}`);
  return enough;
};

/** @returns whether the dependencies are those of the lock. */
export const installOnce = () => {
  const installed = statSync('node_modules/.package-lock.json', { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (installed >= statSync('package-lock.json').mtimeMs) return true;
  if (lstatSync('node_modules', { throwIfNoEntry: false })?.isSymbolicLink()) {
    say('node_modules is a link into another checkout: remove it, so that npm ci does not empty that one');
    return false;
  }
  say('installing dependencies (npm ci)');
  return run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
};

/** Builds when a source is newer than the last build that succeeded. */
export const buildOnce = () => {
  const built = Number(statSync(BUILT, { throwIfNoEntry: false }) ? readFileSync(BUILT, 'utf8') : 0);
  const sources = Math.max(...SOURCES.map(newest));
  if (built === sources) return true;
  say('building (tsc)');
  rmSync(BUILT, { force: true });
  if (!run('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'])) return false;
  mkdirSync('dist', { recursive: true });
  writeFileSync(BUILT, String(sources));
  return true;
};

/** @returns whether everything is ready; what is not has been said. */
export const prepare = () => checkNode() && installOnce() && buildOnce();
