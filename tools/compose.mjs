/** npm run e2e:compose: prepares the clone (dependencies, build) and runs it in containers, from outside. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
if (!(await import('./prepare.mjs')).prepare()) process.exit(1);
await import(resolve('dist/e2e/compose/start.js'));
