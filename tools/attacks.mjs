/** npm run e2e:attacks: prepares the clone (dependencies, build) and attacks it. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
if (!(await import('./prepare.mjs')).prepare()) process.exit(1);
await import(resolve('dist/e2e/attacking/start.js'));
