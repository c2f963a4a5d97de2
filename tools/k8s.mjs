/**
 * npm run e2e:k8s: prepares the clone (dependencies, build) and installs the chart on the API server that KUBECONFIG
 * names. Starts no cluster; where there is none, says so and ends well.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
if (!(await import('./prepare.mjs')).prepare()) process.exit(1);
await import(resolve('dist/e2e/k8s/start.js'));
