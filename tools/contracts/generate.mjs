/**
 * Writes contracts/generated/ from contracts/**.avsc and checks the laws that need no history.
 *   node tools/contracts/generate.mjs            write
 *   node tools/contracts/generate.mjs --check    exit 1 when a file would change, a law is broken or a published schema
 * changed
 *   node tools/contracts/generate.mjs --publish  freeze every schema: add its hash to contracts/published.json
 */
import { readFileSync, writeFileSync, existsSync, mkdirSync } from 'node:fs';
import { contractsOf, readShared } from './read.mjs';
import { draftsFile } from './drafts.mjs';
import { laws } from './laws.mjs';
import { catalogueFile, indexFile, typesFile } from './render.mjs';

const check = process.argv.includes('--check');
const shared = readShared('contracts/shared');
const contracts = contractsOf('contracts', shared);
const published = JSON.parse(readFileSync('contracts/published.json', 'utf8'));
const problems = laws(contracts, published);

const put = (path, text) => {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  if (check) problems.push(`${path} is stale: run npm run contracts`);
  else writeFileSync(path, text);
};

mkdirSync('contracts/generated', { recursive: true });
put('contracts/generated/types.ts', typesFile(contracts, shared));
put('contracts/generated/drafts.ts', draftsFile(contracts, shared));
put('contracts/generated/catalogue.ts', catalogueFile(contracts));
put('contracts/generated/index.ts', indexFile(contracts));
if (process.argv.includes('--publish')) {
  for (const { type, version, id, sha256 } of contracts) published[`${type}@${version}`] ??= { id, sha256 };
  writeFileSync('contracts/published.json', `${JSON.stringify(published, null, 2)}\n`);
}
for (const problem of problems) console.error(problem);
console.log(`contracts: ${contracts.length} schemas, ${problems.length} problems`);
process.exitCode = problems.length ? 1 : 0;
