/** The worst lines by construction of one parser, 1 MiB each: `node …/worst-run.js NAME`; those over the bound as JSON. */
import { worstOf, WORST_MS } from './mutations.js';
import { PARSERS } from './parsers.js';

const BYTES = 1024 * 1024;

const main = (): void => {
  const parser = PARSERS.find(({ name }) => name === process.argv[2]);
  if (!parser) throw new Error(`no parser ${process.argv[2]}`);
  process.stdout.write(`${JSON.stringify(worstOf(parser, BYTES - 64, WORST_MS).filter(({ ms }) => ms > WORST_MS))}\n`);
};

main();
