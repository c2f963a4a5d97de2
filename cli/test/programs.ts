import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Daemons lie where only an administrator looks. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Where a program is installed on this machine. */
export const pathOf = (program: string): string | undefined =>
  FOLDERS.map((folder) => join(folder, program)).find((path) => existsSync(path));

/** `describe` where programs are installed, and otherwise a block that is said to be skipped. */
export const describeWith = (...programs: string[]): jest.Describe =>
  programs.every(pathOf) ? describe : describe.skip;

/** Runs a program to its end. @param input what it reads. */
export const run = (program: string, args: readonly string[], input: string): Promise<number | null> =>
  new Promise((ended, fail) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'inherit'] });
    child.on('error', fail).on('exit', ended);
    child.stdin.end(input);
  });

/** Asks a program to leave, and waits until it did. */
export const ended = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
