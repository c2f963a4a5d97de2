/**
 * Compiles the WebAssembly kernel into a file of TypeScript: `node build.mjs [--check]`, from wherever. Thirteen
 * kilobytes that are committed, so that neither users without the compiler nor jest nor workers have a file to find;
 * lint checks that they are what the sources say.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from 'assemblyscript/asc';

const SOURCE = 'libs/sigma/src/kernel/webassembly/assembly/index.ts';
const TARGET = 'libs/sigma/src/kernel/webassembly/code.ts';

const compiled = async () => {
  let code;
  const { error, stderr } = await main(
    [
      SOURCE,
      '--outFile',
      'kernel.wasm',
      '-O3',
      '--enable',
      'simd',
      '--runtime',
      'stub',
      '--importMemory',
      '--memoryBase',
      '1024',
      '--noAssert',
    ],
    {
      writeFile: (name, content) => {
        if (name.endsWith('.wasm')) code = content;
      },
    },
  );
  if (error || !code) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return `/** Written by assembly/build.mjs from assembly/*.ts: the kernel in WebAssembly, as base64. */\nexport const CODE = '${Buffer.from(code).toString('base64')}';\n`;
};

process.chdir(join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../../../../..'));
const text = await compiled();
if (!process.argv.includes('--check')) writeFileSync(TARGET, text);
else if (readFileSync(TARGET, 'utf8') !== text) {
  console.error(`${TARGET} is not what assembly/ says: npm run wasm`);
  process.exitCode = 1;
}
