import tseslint from 'typescript-eslint';

const PURE = [
  'services/*/src/{domain,reactions,views,pulls}/**/*.ts',
  'libs/terms/src/**/*.ts',
  'libs/rules/src/**/*.ts',
];
const SPECS = ['**/*.spec.ts', '**/test/**/*.ts', 'libs/testing/**/*.ts'];

/** Pure rooms: no clock, randomness, I/O or async. */
const impure = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Pure code gets the time with the request.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Pure code gets the time with the request.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Derive ids from the input: idOf().',
  },
  { selector: ':function[async=true]', message: 'Only effects are asynchronous.' },
  { selector: 'AwaitExpression', message: 'Only effects are asynchronous.' },
  { selector: "MemberExpression[object.name='process']", message: 'Only config.ts reads the environment.' },
];

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      '.stack/**',
      '.jest/**',
      '.nx/**',
      'contracts/generated/**',
      'libs/sigma/src/kernel/webassembly/assembly/**/*.ts',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      complexity: ['error', 16],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'kafkajs', message: 'Only libs/events speaks Kafka.' },
            { name: 'avsc', message: 'Only libs/events speaks Avro.' },
            { name: 'mongoose', message: 'Only libs/store speaks to the store.' },
          ],
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', prefer: 'type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  { files: PURE, rules: { 'no-restricted-syntax': ['error', ...impure] } },
  { files: SPECS, rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['libs/events/**/*.ts', 'libs/store/**/*.ts', 'tools/stack/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  // Nest reads parameter types at run time.
  {
    files: ['**/module.ts', '**/*.module.ts', '**/*.resolver.ts', '**/*.controller.ts', 'services/gateway/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
);
