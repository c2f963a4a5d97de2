#!/usr/bin/env node
/** npm run faults -- --seed N: prepares the clone (dependencies, build) and disturbs an installation. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Paths on the command line are the caller's; everything else is relative to the root of the repository.
process.env.VIGIE_CALLED_FROM ??= process.env.INIT_CWD ?? process.cwd();
process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../../..'));
if (!(await import('../../prepare.mjs')).prepare()) process.exit(1);
await (await import(resolve('dist/tools/faults/src/main.js'))).run(process.argv);
// A run that was cut off may have left connections that would keep the process.
process.exit();
