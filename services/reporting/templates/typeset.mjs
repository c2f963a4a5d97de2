/**
 * Typesets in a process of its own, which may be lost: `src/effects/typeset.ts` starts it, bounds it and ends it. Told
 * first what to set with, then one document after the other.
 */
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** Results kept by the compiler across this many documents. */
const CACHE_AGE = 10;

let compiler;

const failed = (document) => JSON.stringify(document.takeDiagnostics()?.shortDiagnostics ?? []);

/** @returns pages as PDF, or why there are none */
const typeset = ({ main, inputs }) => {
  const document = compiler.compile({ ...main, inputs });
  if (!document.result) return { failed: failed(document) };
  const pdf = compiler.pdf(document.result);
  compiler.evictCache(CACHE_AGE);
  return { pdf };
};

process.on('message', ({ workspace, fontPaths, ...document }) => {
  if (workspace) compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths }] });
  else process.send(typeset(document));
});
process.on('disconnect', () => process.exit());
