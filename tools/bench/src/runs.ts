import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { Fault } from '#libs/model';
import type { SourceKind } from '#libs/sigma';
import { say } from '../../../cli/src/terminal/index.js';
import type { RunFigures } from './figures.js';

const PEER = 'tools/bench/peers/rsigma';
/** As its Cargo.toml has it. */
export const PEER_NAME = 'rsigma-eval 0.26.0';
const OURS = 'dist/tools/bench/src/sigma-run.js';

const run = <T = RunFigures>(command: string, args: readonly string[]): Promise<T> =>
  new Promise((done, failed) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.once('error', failed);
    child.once('close', (code) =>
      code === 0 ? done(JSON.parse(out) as T) : failed(new Fault(`${command} ended with ${code}`)),
    );
  });

/** A program of ours in a fresh process; what it prints as JSON. */
export const runProgram = <T>(program: string, args: readonly string[]): Promise<T> =>
  run<T>(process.execPath, [program, ...args]);

export type SigmaRun = { rules: string; events: string; rounds: number; source: SourceKind };
type SigmaRunOptions = { threads?: number; parse?: boolean; pairs?: string; cache?: string };

/** What sigma-run.ts is to do. */
export type SigmaTask = SigmaRun & SigmaRunOptions & { threads: number };

/** libs/sigma in a fresh process. */
export const runOurs = (task: SigmaRun, how: SigmaRunOptions = {}): Promise<RunFigures> =>
  runProgram<RunFigures>(OURS, [JSON.stringify({ ...task, threads: 1, ...how } satisfies SigmaTask)]);

/** The peer's program, built when there is a cargo; undefined when there is none. */
export const buildPeer = (): string | undefined => {
  if (spawnSync('cargo', ['--version']).status !== 0) return undefined;
  const target = resolve(process.env.CARGO_TARGET_DIR ?? '.stack/bench/rsigma');
  say('building the peer (cargo)');
  const { status } = spawnSync('cargo', ['build', '--release', '--ignore-rust-version', '--quiet'], {
    cwd: PEER,
    env: { ...process.env, CARGO_TARGET_DIR: target },
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Fault('the peer cannot be built');
  return join(target, 'release', 'rsigma-peer');
};

/** The peer in a fresh process. */
export const runPeer = (
  program: string,
  plan: string,
  { events, rounds }: SigmaRun,
  { threads = 1, pairs }: { threads?: number; pairs?: string } = {},
): Promise<RunFigures> => run(program, [plan, events, String(rounds), String(threads), ...(pairs ? [pairs] : [])]);
