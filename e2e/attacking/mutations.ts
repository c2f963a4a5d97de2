import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Attack } from '../attacks/attack.js';
import { isOutcome, WITHIN_MS, type AttackOutcome } from './attempt.js';
import { makeMutant } from './mutant.js';
import type { RunOutput } from './run.js';

/** `red`: without the guard the attack succeeds, so that the attack would be noticed. */
export interface GuardRemoval {
  name: string;
  line: number;
  mutated: 'red' | 'green';
  control?: boolean;
  attack?: AttackOutcome['attack'];
  /** Why it is green. */
  reason?: string;
}

const FOLDER = '.stack/mutants';
/** Control, attack, and a broker and a store that have to start before. */
const CHILD_MS = 2 * WITHIN_MS + 120_000;
const GRACE_MS = 15_000;
const MOST_OUTPUT = 64 * 1_024;

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolved) => {
    if (child.exitCode !== null || child.signalCode !== null) resolved();
    else child.once('close', () => resolved());
  });

/** Asks the child to leave, and ends it when it does not. */
const endChild = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGTERM');
  await Promise.race([ended(child), pause(GRACE_MS, undefined, { ref: false })]);
  child.kill('SIGKILL');
};

interface ChildOutput {
  out: string;
  err: string;
  late: boolean;
}

const attackThere = async (root: string, name: string): Promise<ChildOutput> => {
  // What the child leaves behind when it has to be ended goes with its copy.
  const temporary = join(root, 'tmp');
  mkdirSync(temporary);
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', 'dist/e2e/attacking/start.js', '--json', '--only', name],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: temporary },
    },
  );
  const said: ChildOutput = { out: '', err: '', late: false };
  child.stdout.on('data', (bytes: Buffer) => {
    said.out = (said.out + bytes.toString()).slice(-MOST_OUTPUT);
  });
  child.stderr.on('data', (bytes: Buffer) => {
    said.err = (said.err + bytes.toString()).slice(-MOST_OUTPUT);
  });
  const timer = setTimeout(() => {
    said.late = true;
    void endChild(child);
  }, CHILD_MS);
  await ended(child);
  clearTimeout(timer);
  return said;
};

const outcomeIn = (out: string): AttackOutcome | undefined => {
  for (const line of out.split('\n').filter((one) => one.startsWith('{'))) {
    const found: unknown = JSON.parse(line);
    if (isOutcome(found)) return found;
  }
  return undefined;
};

const judged = ({ name, line }: Attack, { out, err, late }: ChildOutput): GuardRemoval => {
  const found = outcomeIn(out);
  if (!found)
    return {
      name,
      line,
      mutated: 'green',
      reason: late
        ? `not done within ${CHILD_MS / 1_000} s`
        : `no outcome: ${err.trim().split('\n').slice(-3).join(' / ')}`,
    };
  const { control, attack, reason } = found;
  const red = control && attack === 'succeeded';
  return {
    name,
    line,
    mutated: red ? 'red' : 'green',
    control,
    attack,
    ...(red
      ? {}
      : {
          reason:
            reason ?? (control ? `the attack is ${attack} without its guard` : 'the control fails without the guard'),
        }),
  };
};

const mutate = async (one: Attack): Promise<GuardRemoval> => {
  const root = resolve(FOLDER, one.name);
  try {
    makeMutant(root, one.mutation);
    return judged(one, await attackThere(root, one.name));
  } catch (error) {
    return {
      name: one.name,
      line: one.line,
      mutated: 'green',
      reason: error instanceof Error ? error.message : String(error),
    };
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  }
};

/**
 * Takes one guard after the other away, each in a copy, and attacks there.
 * @returns whether every attack then succeeded.
 */
export const runMutations = async (attacks: readonly Attack[], told: RunOutput): Promise<boolean> => {
  const results: GuardRemoval[] = [];
  for (const one of attacks) {
    told.progress(`${one.name}: without ${one.mutation.find.trim().slice(0, 80)} in ${one.mutation.file} …`);
    const result = await mutate(one);
    results.push(result);
    told.entry(
      result,
      `${result.mutated} ${result.name} (wall ${result.line})${result.reason ? `: ${result.reason}` : ''}`,
    );
  }
  rmSync(FOLDER, { recursive: true, force: true });
  const red = results.filter(({ mutated }) => mutated === 'red').length;
  told.last(`${results.length} mutations, ${red} red`);
  return red === results.length;
};
