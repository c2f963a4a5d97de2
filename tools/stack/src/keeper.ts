import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Fault } from '#libs/model';
import type { Launch } from './processes.js';

/** The process between us and what we start: it ends them all when we are gone, even by kill -9. */
export interface StackKeeper {
  pid: number;
  launch: Launch;
  /** A command to run when we are gone (containers are not our children). */
  atEnd(command: string, args: string[]): void;
  /** Ends the keeper and whatever it still holds; resolves when it has gone. */
  close(): Promise<void>;
}

interface KeeperAnswer {
  id: number;
  pid?: number;
  error?: string;
}

/** Starts a keeper; `dir` on its command line is only the mark by which it is recognised. */
export async function startKeeper(dir: string): Promise<StackKeeper> {
  const script = resolve(join('tools', 'stack', 'bin', 'keeper.mjs'));
  const child = spawn(process.execPath, [script, dir], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const pid = await new Promise<number>((done, fail) => {
    child.once('spawn', () => done(child.pid ?? 0));
    child.once('error', (error) => fail(new Fault(`the keeper cannot be started: ${error.message}`)));
  });
  const waiting = new Map<number, (answer: KeeperAnswer) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as KeeperAnswer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.stdin.on('error', () => undefined);
  const tell = (message: object): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  let asked = 0;
  const launch: Launch = async (program) => {
    const id = ++asked;
    const answered = new Promise<KeeperAnswer>((done) => waiting.set(id, done));
    tell({ id, command: program.command, args: program.args, log: program.log });
    const answer = await Promise.race([answered, gone]);
    if (!answer?.pid)
      throw new Fault(`${program.command} cannot be started: ${answer?.error ?? 'the keeper has ended'}`);
    return answer.pid;
  };
  return {
    pid,
    launch,
    atEnd: (command, args) => tell({ atEnd: { command, args } }),
    close: () => {
      child.stdin.end();
      return gone;
    },
  };
}
