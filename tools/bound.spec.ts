import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isAlive, until } from '#stack';

let dir = '';
let started: ChildProcess | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vigie-bound-'));
});
afterEach(() => {
  started?.kill('SIGKILL');
  rmSync(dir, { recursive: true });
});

/** Says its number and that of a child of its own, then neither leaves by itself. */
const STUBBORN = `const { writeFileSync } = require('node:fs');
const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
process.on('SIGTERM', () => process.exit(0));
writeFileSync(process.argv[1], process.pid + ' ' + child.pid);
setInterval(() => 0, 1000);`;

/** Runs code of ours that has `bound`, as `npm test` does. */
const run = (code: string): ChildProcess => {
  const script = join(dir, 'caller.mjs');
  writeFileSync(script, `import { bound } from ${JSON.stringify(resolve('tools/bound.mjs'))};\n${code}`);
  started = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'ignore'] });
  return started;
};
const calling = (): ChildProcess =>
  run(`await bound(process.execPath, ['-e', ${JSON.stringify(STUBBORN)}, ${JSON.stringify(join(dir, 'pids'))}]);`);

const pids = (): Promise<number[]> =>
  until('both to run', () => {
    try {
      const found = readFileSync(join(dir, 'pids'), 'utf8').split(' ').map(Number);
      return found.length === 2 && found;
    } catch {
      return undefined;
    }
  });
const gone = (all: number[]): Promise<true> => until('their end', () => !all.some(isAlive) || undefined, 15_000);

it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'a command and its children end when their caller gets %s',
  async (name) => {
    const caller = calling();
    const all = await pids();
    caller.kill(name);
    await gone(all);
  },
);

it('a command ends when whatever called its caller has gone', async () => {
  const shell = join(dir, 'shell.mjs');
  const caller = join(dir, 'caller.mjs');
  calling().kill('SIGKILL');
  writeFileSync(
    shell,
    `import { spawn } from 'node:child_process'; spawn(process.execPath, [${JSON.stringify(caller)}]);`,
  );
  rmSync(join(dir, 'pids'), { force: true });
  started = spawn(process.execPath, [shell], { stdio: 'ignore' });
  const all = await pids();
  started.kill('SIGKILL');
  await gone(all);
});

it('gives the code of the command, and ends one that takes too long', async () => {
  const told = run(`console.log(await bound(process.execPath, ['-e', 'process.exit(3)']));
    console.log(await bound(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { withinMs: 300 }));`);
  let text = '';
  told.stdout?.on('data', (part) => (text += String(part)));
  await until('its end', () => told.exitCode !== null, 20_000);
  expect(text).toBe('3\n137\n');
});
