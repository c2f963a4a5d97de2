import { execFileSync, spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, venvCommands } from './downloads.js';
import { freePorts } from './ports.js';
import { until, WHILE_STARTING } from './until.js';

const VERSION = '5.2.5';
const PACKAGES = [`moto[s3]==${VERSION}`, 'flask==3.1.3', 'flask-cors==6.0.5'];
const venvDir = (): string => join(cache(), `moto-${VERSION}`);
// Written last: a download cut short is done again.
const mark = (): string => join(venvDir(), '.complete');
const FETCH_MS = 180_000;

/**
 * Fetches a server that speaks S3 (moto's, with pip, once), before specs are told apart: so it blocks.
 * @returns why there is none.
 */
export const whyNoS3Server = (): string | undefined => {
  if (existsSync(mark())) return undefined;
  try {
    rmSync(venvDir(), { recursive: true, force: true });
    for (const [command, args] of venvCommands(venvDir(), '--retries', '1', '--timeout', '15', ...PACKAGES))
      execFileSync(command, args, { timeout: FETCH_MS, stdio: 'ignore' });
    writeFileSync(mark(), '');
    return undefined;
  } catch {
    return `moto ${VERSION} cannot be fetched with python3 and pip`;
  }
};

/** Ends itself when whoever started it is gone, even after kill -9. */
const PROGRAM = `
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
from moto.server import main
main(sys.argv[1:])
`;

/** A server that speaks S3 on 127.0.0.1, over its memory, with a bucket of this name. It lets in whoever signs. */
export const startS3Server = async (bucket: string): Promise<{ url: string; stop(): Promise<void> }> => {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const args = ['-c', PROGRAM, '-H', '127.0.0.1', '-p', String(port)];
  const child = spawn(join(venvDir(), 'bin', 'python'), args, { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise<void>((done) => void child.once('close', () => done()));
  const made = async () => (await fetch(`${url}/${bucket}`, { method: 'PUT' })).ok;
  await until('the S3 server', made, 60_000, WHILE_STARTING);
  return {
    url,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};
