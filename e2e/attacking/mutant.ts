import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import ts from 'typescript';
import type { Attack } from '../attacks/attack.js';

/** Never part of the copy: what is built is linked file by file, and the rest is nobody's business. */
const LEFT_OUT = new Set(['dist', '.git', '.stack', '.jest', '.nx']);

/** The text of a mutation as it may be laid out: breaks and spaces between its tokens, a comma behind the last of a list. */
const laidOut = (find: string): RegExp => {
  const tokens = find.match(/\w+|[^\w\s]/g) ?? [];
  const quoted = tokens.map((token) => token.replace(/\W/g, String.raw`\$&`));
  return new RegExp(quoted.map((token) => (/[)\]}]/.test(token) ? `,?\\s*${token}` : token)).join('\\s*'), 'g');
};

/** @throws Error naming the file when the text does not stand in it exactly once. */
export const mutated = (text: string, { file, find, replace }: Attack['mutation']): string => {
  const pattern = laidOut(find);
  const times = find.trim() === '' ? 0 : (text.match(pattern)?.length ?? 0);
  if (times !== 1)
    throw new Error(`${file}: the text to be replaced stands ${times} times in it, not once: ${find.slice(0, 80)}`);
  return text.replace(pattern, () => replace);
};

const linkTree = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else linkSync(source, target);
  }
};

/** Makes a real folder of each link on the way to a file, so that writing it changes nothing outside. */
const makeReal = (root: string, path: string): void => {
  const parts = dirname(path).split(sep);
  parts.forEach((_part, index) => {
    const folder = join(root, ...parts.slice(0, index + 1));
    if (!lstatSync(folder).isSymbolicLink()) return;
    const target = resolve(...parts.slice(0, index + 1));
    rmSync(folder);
    mkdirSync(folder);
    for (const name of readdirSync(target)) symlinkSync(join(target, name), join(folder, name));
  });
};

const put = (root: string, path: string, text: string): void => {
  makeReal(root, path);
  // A link shares its bytes with the original: away with it first.
  rmSync(join(root, path), { force: true });
  writeFileSync(join(root, path), text);
};

const compilerOptions = (): ts.CompilerOptions => {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ['package.json'] }, ts.sys, '.');
  // One file by itself does not see package.json, and would be taken for CommonJS.
  return { ...options, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
};

const compiled = (file: string, text: string): string =>
  ts.transpileModule(text, { compilerOptions: compilerOptions(), fileName: file }).outputText;

/**
 * A copy of what runs, with one guard taken away: what is built as hard links, everything else as links to it.
 * Call it from the root of the repository. @throws Error when the mutation does not fit its file.
 */
export const makeMutant = (root: string, mutation: Attack['mutation']): void => {
  const { file } = mutation;
  const text = mutated(readFileSync(file, 'utf8'), mutation);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, '.stack'), { recursive: true });
  linkTree('dist', join(root, 'dist'));
  for (const name of readdirSync('.').filter((one) => !LEFT_OUT.has(one))) symlinkSync(resolve(name), join(root, name));
  if (lstatSync('.stack/cache', { throwIfNoEntry: false }))
    symlinkSync(resolve('.stack/cache'), join(root, '.stack/cache'));
  // Node looks for package.json beside what it runs, and follows links: it must be a file of the copy.
  put(root, 'package.json', readFileSync('package.json', 'utf8'));
  put(root, file, text);
  if (file.endsWith('.ts')) put(root, join('dist', file.replace(/\.ts$/, '.js')), compiled(file, text));
};
