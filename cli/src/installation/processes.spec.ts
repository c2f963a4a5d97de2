import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '#libs/model';
import { until } from '#libs/testing';
import { endProcess, startProcess, untilReady, type StartedProcess } from './processes.js';

let dir = '';
let script = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vigie-processes-'));
  script = join(dir, 'service.mjs');
});
afterEach(() => rmSync(dir, { recursive: true }));

const start = (code: string): StartedProcess => {
  writeFileSync(script, code);
  return startProcess({ name: 'cases', script, dir, env: {}, detached: false });
};
const LINES = `for (let line = 1; line <= 40; line += 1) console.log('line ' + line + '.');`;

/** A port at which nobody listens. */
const deafUrl = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/health/ready`;
};

it('a service that ends while starting is told with the last lines of its log, and no others', async () => {
  const ended = untilReady(start(`${LINES} process.exitCode = 3;`), await deafUrl());
  await expect(ended).rejects.toThrow(Fault);
  await expect(ended).rejects.toThrow(/^cases ended while starting; its log \(.*cases\.log\) ends with:\nline 26\.\n/);
  await expect(ended).rejects.toThrow(/line 40\.$/);
});

it('a service that stands still is told with the last lines of its log, the longest cut', async () => {
  const started = start(`console.log('waiting for the broker ' + 'x'.repeat(9_000)); process.stdin.resume();`);
  await until('its line', () => statSync(started.log).size > 0);
  const message = await untilReady(started, await deafUrl(), { stillMs: 0 }).catch((error: Error) => error.message);
  await endProcess(started.child.pid, script);
  expect(message).toMatch(/^waited 0 s in vain for cases to be ready: .*\nwaiting for the broker x+$/s);
  expect(String(message).length).toBeLessThan(1_000);
});

it('a service that comes on is given more time than one that stands still has', async () => {
  const port = new URL(await deafUrl()).port;
  const slow = `let lines = 0; const write = setInterval(() => {
    console.log('line ' + ++lines);
    if (lines === 8) { clearInterval(write); require('node:http').createServer((_, r) => r.end()).listen(${port}, '127.0.0.1'); }
  }, 150); process.stdin.resume();`;
  script = join(dir, 'service.cjs');
  const started = start(slow);
  await untilReady(started, `http://127.0.0.1:${port}/`, { stillMs: 700 });
  await endProcess(started.child.pid, script);
});

it('a wait that is interrupted ends at once', async () => {
  const started = start(`process.stdin.resume();`);
  const waiting = untilReady(started, await deafUrl(), { interrupted: AbortSignal.abort() });
  await expect(waiting).rejects.toThrow(/^interrupted while cases started/);
  await endProcess(started.child.pid, script);
});
