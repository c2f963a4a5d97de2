/**
 * Commands that end with whoever started them. `bound(command, args)` runs one in a group of its own, below this file
 * as a process between: when our end of its standard input closes, by a signal, by kill -9 or because our own caller
 * has gone, it ends the whole group.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(import.meta.url);
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const GRACE_MS = 5_000;
const LOOK_EVERY_MS = 500;

/** @returns the code it ended with: 137 where it was ended after `withinMs`; this process ends with it on a signal. */
export const bound = (command, args, { withinMs, stdout = 'ignore', env = process.env } = {}) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [HERE, command, ...args], {
      stdio: ['pipe', stdout, 'inherit'],
      detached: true,
      env,
    });
    let code;
    const end = (with_) => {
      code ??= with_;
      child.stdin.end();
    };
    const caller = process.ppid;
    const look = setInterval(() => process.ppid !== caller && leave('SIGHUP'), LOOK_EVERY_MS);
    const over = withinMs && setTimeout(() => end(137), withinMs);
    let left = false;
    const leave = (signal) => {
      left = true;
      end(128 + constants.signals[signal]);
    };
    SIGNALS.forEach((signal) => process.once(signal, leave));
    child.stdin.on('error', () => undefined);
    child.once('exit', (status) => {
      clearInterval(look);
      clearTimeout(over);
      SIGNALS.forEach((signal) => process.off(signal, leave));
      if (left) process.exit(code);
      resolve(code ?? status ?? 1);
    });
  });

const signalGroup = (name) => {
  try {
    process.kill(-process.pid, name);
  } catch {
    // Nobody is left.
  }
};

/** Between the two: leads the group, runs the command, and ends all of it when the other end of its input is gone. */
const between = ([command, ...args]) => {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  child.once('error', () => process.exit(127));
  // What the command left behind ends with it.
  child.once('exit', (status) => {
    process.exitCode = status ?? 1;
    process.removeAllListeners('SIGTERM');
    process.once('SIGTERM', () => process.exit(status ?? 1));
    signalGroup('SIGTERM');
  });
  SIGNALS.forEach((signal) => process.on(signal, () => undefined));
  process.stdin.resume().once('close', () => {
    signalGroup('SIGTERM');
    setTimeout(() => signalGroup('SIGKILL'), GRACE_MS).unref();
  });
};

if (process.argv[1] === HERE) between(process.argv.slice(2));
