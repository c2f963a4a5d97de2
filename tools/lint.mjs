/**
 * npm run lint: every check over the source, one after the other; names those that failed. Arguments name checks; with
 * --affected, eslint looks at the rooms that a branch touches (the other checks are about the whole).
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { affectedRoots } from './nx/affected.mjs';
import { checkNode, installOnce } from './prepare.mjs';

if (!checkNode() || !installOnce()) process.exit(1);
const AFFECTED = '--affected';
const linted = (process.argv.includes(AFFECTED) && affectedRoots()) || ['.'];
const bin = (name) => `node_modules/${name}`;
const checks = {
  types: [bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit', '--incremental', 'false'],
  format: [bin('@biomejs/biome/bin/biome'), 'format', '.'],
  eslint: [
    bin('eslint/bin/eslint.js'),
    '--max-warnings',
    '0',
    '--cache',
    '--cache-location',
    '.nx/eslint',
    '--no-error-on-unmatched-pattern',
    ...linted,
  ],
  rooms: [
    bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
    ...['contracts', 'libs', 'services', 'cli', 'tools', 'e2e'].filter((room) => existsSync(room)),
  ],
  exports: [bin('knip/bin/knip.js'), '--include', 'files,exports,types', '--no-progress'],
  tidy: ['tools/tidy/tidy.mjs'],
  contracts: ['tools/contracts/generate.mjs', '--check'],
  graphql: ['tools/graphql/generate.mjs', '--check'],
  wasm: ['libs/sigma/src/kernel/webassembly/assembly/build.mjs', '--check'],
};
const wanted = process.argv.slice(2).filter((argument) => argument !== AFFECTED);
const failed = Object.entries(checks)
  .filter(([name]) => wanted.length === 0 || wanted.includes(name))
  .filter(([name, args]) => {
    const start = Date.now();
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    return status !== 0;
  });
process.exitCode = failed.length ? 1 : 0;
