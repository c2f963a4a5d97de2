/**
 * Measurements and what they are made with: `bench sigma` (libs/sigma beside another engine on the same lines), `bench
 * corpora` (the events it is measured on), `detect` (rules over a file of events). `bench.ts` and `detect.ts` are the
 * commands; a measurement runs in fresh processes (`sigma-run.ts`, `peers/`), so that none warms the next.
 */
export { addBench } from './bench.js';
export { addDetect } from './detect.js';
