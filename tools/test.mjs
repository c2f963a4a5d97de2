/**
 * npm test: prepares the clone and runs three parts, one after the other: unit specs, two files at a time, in processes
 * that are made anew before they are fat (garbage collection would be most of their work); boundary specs,
 * which meet Kafka and the store, two files at a time (each has a stack of its own, and waits for it most of the time);
 * e2e specs, which start whole installations, one file at a time. Last line: N passed, N failed, N skipped. Arguments
 * are path patterns; with --affected, those of the rooms that a branch touches.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bound } from './bound.mjs';
import { affectedRoots } from './nx/affected.mjs';
import { prepare } from './prepare.mjs';

const FLAG = '--affected';
let patterns = process.argv.slice(2).filter((argument) => argument !== FLAG);
const out = mkdtempSync(join(tmpdir(), 'vigie-test-'));
const MEETS_THE_WORLD = '\\.(boundary|e2e)\\.spec\\.ts$';
const AT_ONCE = 2;
const ROOMS = '{contracts,libs,services,cli,tools,e2e,rules}';
/** A part that has not ended by then hangs, and is a failure. */
const WITHIN_MS = 40 * 60_000;

const end = (passed, failed, skipped) => {
  rmSync(out, { recursive: true, force: true });
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed || !passed ? 1 : 0);
};

/** Suites that broke before their tests could run, and runs that did not end well, count as failures too. */
const counted = (name, status) => {
  try {
    const found = JSON.parse(readFileSync(join(out, `${name}.json`), 'utf8'));
    const broken = found.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.every(({ status: one }) => one !== 'failed'),
    ).length;
    const failed = found.numFailedTests + broken;
    return { passed: found.numPassedTests, failed: failed || (status === 0 ? 0 : 1), skipped: found.numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

/** Ends with this process, and with whatever called it, however that goes. */
const jest = async (name, args) => {
  const status = await bound(
    process.execPath,
    [
      'node_modules/jest/bin/jest.js',
      '--json',
      `--outputFile=${join(out, `${name}.json`)}`,
      '--passWithNoTests',
      ...args,
      '--',
      ...patterns,
    ],
    { withinMs: WITHIN_MS, env: { ...process.env, NODE_OPTIONS: '--no-warnings' } },
  );
  return counted(name, status);
};

if (!prepare()) end(0, 1, 0);
if (process.argv.includes(FLAG)) patterns = [...patterns, ...(affectedRoots() ?? [])];
const specsOf = (kind) => ['--testMatch', `<rootDir>/${ROOMS}/**/*.${kind}.spec.ts`];
const parts = [
  await jest('unit', [
    `--maxWorkers=${AT_ONCE}`,
    '--workerIdleMemoryLimit=1GB',
    '--testPathIgnorePatterns',
    '/node_modules/',
    MEETS_THE_WORLD,
  ]),
  await jest('boundary', [`--maxWorkers=${AT_ONCE}`, '--forceExit', ...specsOf('boundary')]),
  await jest('e2e', ['--runInBand', '--forceExit', ...specsOf('e2e')]),
];
const sum = (field) => parts.reduce((total, part) => total + part[field], 0);
end(sum('passed'), sum('failed'), sum('skipped'));
