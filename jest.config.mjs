/**
 * Unit specs stand beside the code (*.spec.ts); those that need a broker and a store end in .boundary.spec.ts or
 * .e2e.spec.ts.
 */
export default {
  testMatch: ['<rootDir>/{contracts,libs,services,cli,tools,e2e,rules}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stack/'],
  cacheDirectory: '<rootDir>/.jest',
  transform: {
    '^.+\\.(t|j|mj|cj)s$': [
      '@swc/jest',
      {
        // Packages and rooms load where they are first used: a pure spec does not pay for Nest, mongoose, kafkajs.
        module: { type: 'commonjs', lazy: true },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  // ESM-only dependencies (Nest 12 among them) are transformed too.
  transformIgnorePatterns: [],
  moduleNameMapper: {
    '^#contracts$': '<rootDir>/contracts/generated/index.ts',
    '^#stack$': '<rootDir>/tools/stack/src/index.ts',
    '^#libs/(.*)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testTimeout: 120_000,
};
