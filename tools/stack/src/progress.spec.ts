import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { progressOf } from './progress.js';
import { until } from './until.js';

/** Of Linux. */
const IS_TOLD = existsSync('/proc/self/schedstat');

it('a process that works, or stands in line for a processor, comes on, though it writes nothing', async () => {
  const busy = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  try {
    const worked = progressOf(busy.pid, '/nowhere');
    const before = worked();
    if (IS_TOLD) await until('its work', () => worked() !== before, 20_000);
    expect(worked()).toMatch(/^0\/\d+$/);
  } finally {
    busy.kill('SIGKILL');
  }
});

it('what does not run, and writes nothing, stands still', () =>
  expect(progressOf(undefined, '/nowhere')()).toBe('0/0'));
