/**
 * One parser in a process of its own: `node dist/tools/bench/src/mutations/mutations-run.js NAME LINES SEED PACK`; JSON
 * to stdout.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mutationsOf } from './mutations.js';
import { PARSERS } from './parsers.js';

const main = (): void => {
  const [name, lines, seed, pack = ''] = process.argv.slice(2);
  const parser = PARSERS.find((one) => one.name === name);
  if (!parser) throw new Error(`no parser ${name}`);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heapBytes = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const found = mutationsOf(parser, { lines: Number(lines), seed: Number(seed), pack: pack || undefined, heapBytes });
  process.stdout.write(`${JSON.stringify(found)}\n`);
};

main();
