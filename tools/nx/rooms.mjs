/**
 * Every library, every service and every other room is a project of Nx, with the targets test and lint: a new one needs
 * no file of its own. What depends on what Nx reads from the imports; what is read from disk at run time stands here.
 */

/** One file that each room has. */
const MARKS = [
  '{libs,services,tools}/*/src/{index,main}.ts',
  'contracts/published.json',
  'rules/README.md',
  'docs/STYLE.md',
  'tools/lint.mjs',
  'cli/src/index.ts',
  'e2e/attacks/index.ts',
].join(',');
const NESTED = new Set(['libs', 'services', 'tools']);
/** Rooms that read files of others without an import. */
const READS = {
  cli: ['docs'],
  e2e: ['docs'],
  rules: ['libs-sigma'],
  'services/detection': ['rules'],
  'tools/bench': ['rules'],
};

const roomOf = (path) => {
  const [first, second, third] = path.split('/');
  return NESTED.has(first) && third ? `${first}/${second}` : first;
};

const nameOf = (root) => root.replace('/', '-');

/** @returns the folder of a project; undefined for the repository itself */
export const rootOf = (name) => {
  if (name === 'vigie') return undefined;
  const [first, ...rest] = name.split('-');
  return NESTED.has(first) && rest.length ? `${first}/${rest.join('-')}` : name;
};

const target = (command, inputs) => ({ command, options: { cwd: '{workspaceRoot}' }, inputs, cache: false });

const projectOf = (root) => ({
  name: nameOf(root),
  projectType: root.startsWith('services/') ? 'application' : 'library',
  implicitDependencies: READS[root] ?? [],
  targets: {
    test: target(`node tools/test.mjs ${root}/`, ['room', '^room']),
    lint: target(`eslint --no-warn-ignored --max-warnings 0 ${root}`, ['room', '^room']),
  },
});

export const createNodesV2 = [
  `{${MARKS}}`,
  (paths) =>
    paths.map((path) => {
      const root = roomOf(path);
      return [path, { projects: { [root]: projectOf(root) } }];
    }),
];
