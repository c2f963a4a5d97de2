/**
 * Every way in of one parser's lines, in turn, in a process of its own: `node dist/tools/bench/src/ingest/ingest-run.js
 * NAME EVENTS ROUNDS`; JSON to stdout.
 */
import { measureIngest } from './measure-ingest.js';
import { PARSERS } from '../mutations/parsers.js';

const main = async (): Promise<void> => {
  const [name, events, rounds] = process.argv.slice(2);
  const parser = PARSERS.find((one) => one.name === name);
  if (!parser) throw new Error(`no parser ${name}`);
  process.stdout.write(`${JSON.stringify(await measureIngest(parser, Number(events), Number(rounds)))}\n`);
};

void main();
