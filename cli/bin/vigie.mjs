#!/usr/bin/env node
/** npm run vigie -- <command>: prepares the clone (dependencies, build) and runs the command. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Paths on the command line are the caller's; everything else is relative to the root of the repository.
process.env.VIGIE_CALLED_FROM ??= process.env.INIT_CWD ?? process.cwd();
process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../..'));
if (!process.env.VIGIE_IMAGE && !(await import('../../tools/prepare.mjs')).prepare()) process.exit(1);
await (await import(resolve('dist/cli/src/main.js'))).run(process.argv);
