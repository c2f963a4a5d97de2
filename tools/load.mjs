/**
 * npm run load -- --level 10 --seconds 300: keeps this many processes busy, each at the lowest priority, for so long;
 * they end with this one. For looking at what a busy machine does: beside it, run what shall hold.
 */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

const MOST = { level: 100, seconds: 3_600 };
const SLICE_MS = 50;
const CALL = 'npm run load -- --level <processes, 1 to 100> --seconds <1 to 3600>';

const spin = (seconds) => {
  setPriority(19);
  const until = Date.now() + seconds * 1_000;
  process.stdin.resume().once('close', () => process.exit(0));
  const slice = () => {
    const pause = Date.now() + SLICE_MS;
    while (Date.now() < pause);
    if (Date.now() >= until) process.exit(0);
    setImmediate(slice);
  };
  slice();
};

const given = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  const value = Number(process.argv[at + 1]);
  return at > 0 && Number.isInteger(value) && value >= 1 && value <= MOST[name] ? value : undefined;
};

const run = () => {
  const [level, seconds] = [given('level'), given('seconds')];
  if (level === undefined || seconds === undefined) {
    console.error(CALL);
    process.exit(2);
  }
  const caller = process.ppid;
  const look = setInterval(() => process.ppid !== caller && process.exit(0), 500);
  let left = level;
  for (let one = 0; one < level; one += 1) {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--spin', String(seconds)], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.once('exit', () => {
      left -= 1;
      if (left === 0) clearInterval(look);
    });
  }
};

if (process.argv[2] === '--spin') spin(Number(process.argv[3]));
else run();
