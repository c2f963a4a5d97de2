/**
 * npm test: prepares the clone, runs unit specs on all cores, then those that meet Kafka and the store one file at a time
 * (each has a stack of its own). Last line: N passed, N failed, N skipped. Arguments are path patterns.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

prepare();
const patterns = process.argv.slice(2);
const out = mkdtempSync(join(tmpdir(), 'vigie-test-'));
const MEETS_THE_WORLD = '\\.(boundary|e2e)\\.spec\\.ts$';
const ROOMS = '{contracts,libs,services,tools,e2e,rules}';

const jest = (name, args) => {
  const file = join(out, `${name}.json`);
  const { status } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${file}`, '--passWithNoTests', ...args, ...patterns], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '--no-warnings' },
  });
  try {
    return { status, ...JSON.parse(readFileSync(file, 'utf8')) };
  } catch {
    return { status: status || 1, numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numFailedTestSuites: 1, testResults: [] };
  }
};

const results = [
  jest('unit', ['--testPathIgnorePatterns', '/node_modules/', MEETS_THE_WORLD, '--']),
  jest('world', ['--runInBand', '--testMatch', `<rootDir>/${ROOMS}/**/*.{boundary,e2e}.spec.ts`, '--']),
];
rmSync(out, { recursive: true, force: true });
const sum = (field) => results.reduce((total, result) => total + result[field], 0);
const broken = results.flatMap(({ testResults }) => testResults).filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
const failed = sum('numFailedTests') + broken;
console.log(`${sum('numPassedTests')} passed, ${failed} failed, ${sum('numPendingTests')} skipped`);
process.exitCode = failed || results.some(({ status }) => status) ? 1 : 0;
