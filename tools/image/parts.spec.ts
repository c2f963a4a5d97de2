import { isCarried } from './parts.mjs';

it.each([
  'dist/services/cases/src/main.js',
  'rules/windows/shadow-copies.yml',
  'node_modules/yaml/dist/doc/Document.js',
  'node_modules/@nestjs/core/index.js',
  'node_modules/zod/LICENSE',
  'node_modules/kafkajs/LICENSE.md',
  'node_modules/bintrees/lib',
  'node_modules/@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  'node_modules/@expo-google-fonts/noto-sans-jp/600SemiBold',
])('%s is carried', (path) => expect(isCarried(path)).toBe(true));

it.each([
  'dist/services/cases/src/main.js.map',
  'dist/.tsbuildinfo',
  'rules/correlations.spec.ts',
  'rules/README.md',
  'node_modules/.bin',
  'node_modules/@types/node',
  'node_modules/rxjs/src/index.ts',
  'node_modules/rxjs/dist/types/index.d.ts',
  'node_modules/bintrees/test',
  'node_modules/kafkajs/README.md',
  'node_modules/@nestjs/graphql/node_modules/ws/README.md',
  'node_modules/@expo-google-fonts/noto-sans/900Black',
])('%s is not', (path) => expect(isCarried(path)).toBe(false));
