import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Fault } from '#libs/model';

/** What a child may take for one answer. */
export interface ChildLimits {
  /** Of memory that it holds, where the system tells (Linux). */
  megabytes: number;
  /** A pause of the machine counts little. */
  milliseconds: number;
}

/** Another process that answers one message after the other; it is started when it is needed. */
export interface AnsweringChild {
  /** @throws Fault when it takes more than it may, or is lost: the next message starts another. */
  ask<Answer>(message: object): Promise<Answer>;
  close(): Promise<void>;
}

const TICK_MS = 100;
/** One that has nothing to do for so long ends, and its memory is the machine's again. */
const IDLE_MS = 30_000;
const PAGE = 4_096;

/** @returns undefined where the system does not tell. */
const megabytesOf = ({ pid }: ChildProcess): number | undefined => {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE) / 2 ** 20;
  } catch {
    return undefined;
  }
};

/** Ends a child that takes more than it may. @returns how to stop looking */
const bound = (child: ChildProcess, { megabytes, milliseconds }: ChildLimits, over: (why: string) => void) => {
  let left = milliseconds;
  const look = (): void => {
    left -= TICK_MS;
    if (left <= 0) over(`took longer than ${milliseconds / 1_000} s`);
    else if ((megabytesOf(child) ?? 0) > megabytes) over(`took more than ${megabytes} MB`);
  };
  const looking = setInterval(look, TICK_MS);
  return () => clearInterval(looking);
};

const answerOf = <Answer>(child: ChildProcess, name: string, message: object, limits: ChildLimits): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const failed = (why: string): void => done(() => reject(new Fault(`${name} ${why}`)));
    const onMessage = (answer: unknown): void => done(() => resolve(answer as Answer));
    const onError = ({ message: why }: Error): void => failed(`cannot be asked: ${why}`);
    const onExit = (code: number | null, signal: string | null): void => failed(`ended with ${signal ?? code}`);
    const stop = bound(child, limits, failed);
    const done = (end: () => void): void => {
      stop();
      child.off('message', onMessage).off('error', onError).off('exit', onExit);
      end();
    };
    child.on('message', onMessage).on('error', onError).on('exit', onExit);
    child.send(message);
  });

const gone = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || !child.pid) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

/**
 * A child that runs a program of ours, with the same node and nothing of our environment.
 * @param begins what it is told first.
 */
export const openChild = (name: string, program: string, begins: object, limits: ChildLimits): AnsweringChild => {
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = child;
    child = undefined;
    if (ending) await gone(ending);
  };
  const start = (): ChildProcess => {
    clearTimeout(idle);
    if (!child?.connected) {
      child = fork(program, [], { serialization: 'advanced', execArgv: [], env: {}, stdio: ['ignore', 2, 2, 'ipc'] });
      // Whoever waits is told by listeners of his own.
      child.on('error', () => undefined);
      child.send(begins);
    }
    child.ref();
    child.channel?.ref();
    return child;
  };
  const ask = async <Answer>(message: object): Promise<Answer> => {
    try {
      const asked = start();
      const answer = await answerOf<Answer>(asked, name, message, limits);
      idle = setTimeout(() => void end(), IDLE_MS).unref();
      asked.unref();
      asked.channel?.unref();
      return answer;
    } catch (error) {
      await end();
      throw error;
    }
  };
  return {
    ask: <Answer>(message: object) => {
      const mine = last.then(() => ask<Answer>(message));
      last = mine.catch(() => undefined);
      return mine;
    },
    close: async () => {
      await last;
      await end();
    },
  };
};
