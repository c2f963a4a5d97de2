import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const BEAT_MS = 1_000;
/** Work that blocks for so long is not waited for: no timer of its own thread could stop it. */
const PATIENCE_MS = 120_000;

/** Runs in a thread of its own; plain JavaScript, for it is handed over as text. */
const WATCHES = `
const { parentPort, workerData } = require('node:worker_threads');
let heard = Date.now();
parentPort.on('message', () => { heard = Date.now(); });
setInterval(() => {
  if (Date.now() - heard < workerData.patienceMs) return;
  require('node:fs').writeSync(2, 'an attack blocked for ' + workerData.patienceMs / 1000 + ' s: given up\\n');
  process.kill(process.pid, 'SIGKILL');
}, 1000);
`;

/**
 * Ends this process when it hangs, and with it (their keeper sees it) broker and store.
 * @returns how to stop watching.
 */
export const watchOver = (): (() => Promise<void>) => {
  const worker = new Worker(WATCHES, { eval: true, workerData: { patienceMs: PATIENCE_MS } });
  const beat = setInterval(() => worker.postMessage('alive'), BEAT_MS);
  beat.unref();
  worker.unref();
  worker.on('error', (error) => writeSync(2, `nobody watches over this process: ${error.message}\n`));
  return async () => {
    clearInterval(beat);
    await worker.terminate();
  };
};
