/**
 * One measurement of streams that live long, in a process of its own: `node
 * dist/tools/bench/src/streams/streams-run.js placing|indicators SIZE` or `… opening SIZES RUNS`; JSON to stdout.
 */
import { opening } from './opening.js';
import { indicators, placing } from './states.js';

const measured = (what: string, sizes: number[], runs: number): Promise<unknown> => {
  if (what === 'opening') return opening(sizes, runs);
  return (what === 'placing' ? placing : indicators)(sizes[0] ?? 1);
};

const main = async (): Promise<void> => {
  const [what = '', sizes = '', runs = '1'] = process.argv.slice(2);
  const found = await measured(what, sizes.split(',').map(Number), Number(runs));
  process.stdout.write(`${JSON.stringify(found)}\n`);
  process.exit();
};

void main();
