/** Which files of a built and pruned checkout the image carries: what the services and the command line run on. */
const NAMED_LICENCE = /^(licen[cs]e|notice|copying)/i;
const NOT_RUN = /\.(map|md|markdown|flow|tsbuildinfo)$|\.[cm]?tsx?$/i;
const NOT_RUN_FOLDERS = new Set([
  '.github',
  '__tests__',
  'benchmark',
  'benchmarks',
  'docs',
  'example',
  'examples',
  'test',
  'tests',
]);
/** The weights that reports are set in; the families come with eighteen. */
const WEIGHTS = new Set(['400Regular', '600SemiBold']);

/** Folders of the checkout that are carried, beside node_modules. */
export const FOLDERS = [
  'cli/bin',
  'dist/cli',
  'dist/contracts',
  'dist/libs',
  'dist/services',
  'dist/tools/stack',
  'dist/tools/standins',
  'rules',
  'services/gateway/schema',
  'services/reporting/templates',
  'tools/image/start.mjs',
];

/** @param path inside the checkout, with slashes. @returns whether the image carries it, and looks into it. */
export const isCarried = (path) => {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (NAMED_LICENCE.test(name)) return true;
  if (parts[0] !== 'node_modules') return !NOT_RUN.test(name) && !/\.spec\./.test(name) && name !== 'test';
  const inside = parts.slice(parts.lastIndexOf('node_modules') + 1);
  const [scope, , ...rest] = inside[0]?.startsWith('@') ? inside : ['', ...inside];
  if (name === '.bin' || name === '.package-lock.json' || inside[0] === '@types') return false;
  if (rest.length === 1 && NOT_RUN_FOLDERS.has(name)) return false;
  if (scope === '@expo-google-fonts' && rest.length === 1 && /^\d00/.test(name)) return WEIGHTS.has(name);
  return !NOT_RUN.test(name);
};
