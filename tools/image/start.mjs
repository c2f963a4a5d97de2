/** What the image starts: the service of that name, or else the command line. `docker run vigie:local detection`. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
process.chdir(root);
const [name = ''] = process.argv.slice(2);
const service = resolve(root, 'dist/services', name, 'src/main.js');
await import(/^[a-z]+$/.test(name) && existsSync(service) ? service : resolve(root, 'cli/bin/vigie.mjs'));
