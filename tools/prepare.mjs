/** Brings a fresh clone to where it can run: dependencies as locked, then the build. Plain Node, so that nothing is needed before it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MINIMUM = [20, 19];

const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write(`${command} ${args.join(' ')} failed\n`);
    process.exit(1);
  }
};

const newest = (path) => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return /\.(ts|json)$/.test(path) ? stat.mtimeMs : 0;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
};

export const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  process.stderr.write(`Node ${MINIMUM.join('.')} or later is needed; this is ${process.versions.node}\n`);
  process.exit(1);
};

export const installOnce = () => {
  const installed = statSync('node_modules/.package-lock.json', { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (installed >= statSync('package-lock.json').mtimeMs || (installed && process.env.VIGIE_SKIP_INSTALL)) return;
  process.stderr.write('installing dependencies (npm ci)\n');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
};

export const buildOnce = () => {
  const sources = ['contracts', 'libs', 'services', 'tools', 'e2e', 'tsconfig.json', 'tsconfig.base.json', 'package-lock.json'];
  const built = statSync('dist/.tsbuildinfo', { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built >= Math.max(...sources.map(newest)) && existsSync('dist/contracts')) return;
  process.stderr.write('building (tsc)\n');
  run('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
};

export const prepare = () => {
  checkNode();
  installOnce();
  buildOnce();
};
