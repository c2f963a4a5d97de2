/** Attacks what is built below the working directory: the repository, or a copy of it whose guard is gone. */
import { run } from './main.js';

run(process.argv).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
