// Starts the broker and the store for a stack and ends them when the stack's own process has gone, however it went:
// its end of our stdin closes even after kill -9. One JSON line in, one JSON line out.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const GRACE_MS = 5_000;
const dir = process.argv[2];
const children = new Set();
const lastWords = [];

function start({ id, command, args, log }) {
  const file = openSync(log, 'a', 0o600);
  const child = spawn(command, args, { detached: true, stdio: ['ignore', file, file] });
  closeSync(file);
  child.once('spawn', () => {
    children.add(child.pid);
    answer({ id, pid: child.pid });
  });
  child.once('error', (error) => answer({ id, error: error.message }));
  child.once('exit', () => children.delete(child.pid));
}

function answer(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Signals the group; false when it has gone. */
function signal(pid, name) {
  try {
    process.kill(-pid, name);
    return true;
  } catch {
    return false;
  }
}

/** What another process attached to the stack has started again. */
function adopted() {
  try {
    const { pids } = JSON.parse(readFileSync(join(dir, 'state.json'), 'utf8'));
    return [pids.broker, pids.store].filter((pid) => pid && !children.has(pid) && commandLine(pid).includes(dir));
  } catch {
    return [];
  }
}

function commandLine(pid) {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}

let closing = false;
function close() {
  if (closing) return;
  closing = true;
  const foreign = adopted();
  const signalAll = (name) => [...children, ...foreign].map((pid) => signal(pid, name));
  signalAll('SIGTERM');
  for (const { command, args } of lastWords) spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 });
  const deadline = Date.now() + GRACE_MS;
  setInterval(() => {
    const alive = signalAll(Date.now() > deadline ? 'SIGKILL' : 0).includes(true);
    if (!alive || Date.now() > deadline + GRACE_MS) process.exit(0);
  }, 50);
}

process.stdout.on('error', () => undefined);
process.on('SIGTERM', close);
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const message = JSON.parse(line);
    if (message.atEnd) lastWords.push(message.atEnd);
    else start(message);
  })
  .on('close', close);
