/**
 * Lays out what the image consists of, in three folders that become its layers: `system` (node and the libraries it and
 * the native modules load), `modules` (what others wrote) and `app` (what we did). Nothing else is in it: no shell, no
 * package manager, nothing to log in with. Run in the build stage: node tools/image/collect.mjs <folder>
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { FOLDERS, isCarried } from './parts.mjs';

const [folder = ''] = process.argv.slice(2);
if (folder === '') throw new Error('usage: node tools/image/collect.mjs <folder>');
const out = resolve(folder);
const USER = 1000;

/** Installed for building and testing alone. */
const { packages } = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8'));
const forDevelopment = new Set(Object.keys(packages).filter((path) => packages[path].dev));

const copy = (from, to) => {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, {
    recursive: true,
    filter: (path) => {
      const inside = relative('.', path).replaceAll('\\', '/');
      return path === from || (!forDevelopment.has(inside) && isCarried(inside));
    },
  });
};

const nativesIn = (path) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(node|so)(\.\d+)*$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

/** What the loader would load for a binary; the image's own libraries are found beside who asks for them. */
const librariesOf = (binary) =>
  [...execFileSync('ldd', [binary], { encoding: 'utf8' }).matchAll(/(?:=> )?(\/\S+) \(0x/g)]
    .map(([, path]) => path)
    .filter((path) => !path.startsWith(out));

const modules = join(out, 'modules/app/node_modules');
copy('node_modules', modules);
for (const path of FOLDERS) copy(path, join(out, 'app/app', path));
copy('package.json', join(out, 'app/app/package.json'));

const system = join(out, 'system');
const node = realpathSync(process.execPath);
copy(node, join(system, 'usr/local/bin/node'));
for (const library of new Set([node, ...nativesIn(modules)].flatMap(librariesOf)))
  cpSync(realpathSync(library), join(system, library), { recursive: true });
mkdirSync(join(system, 'etc'), { recursive: true });
writeFileSync(join(system, 'etc/passwd'), `vigie:x:${USER}:${USER}::/tmp:/usr/local/bin/node\n`);
writeFileSync(join(system, 'etc/group'), `vigie:x:${USER}:\n`);
mkdirSync(join(system, 'tmp'));
chmodSync(join(system, 'tmp'), 0o1777);
