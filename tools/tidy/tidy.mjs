/** The repository's checks about itself. Each failure names the file and the remedy. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

const HARD_LIMIT = 300;
const MEDIAN_LIMIT = 60;
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n').filter((path) => path && statSync(path, { throwIfNoEntry: false })?.isFile());
const text = (path) => readFileSync(path, 'utf8');
const code = files.filter((path) => /\.(ts|mjs)$/.test(path) && !path.startsWith('contracts/generated/'));
const problems = [];
const say = (path, problem) => problems.push(`${path}: ${problem}`);

const sizes = code.map((path) => text(path).split('\n').length - 1).sort((a, b) => a - b);
const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
if (median > MEDIAN_LIMIT) say('repository', `the median file has ${median} lines, ${MEDIAN_LIMIT} are the limit: split`);
for (const path of code) {
  const lines = text(path).split('\n').length - 1;
  if (lines > HARD_LIMIT) say(path, `${lines} lines, ${HARD_LIMIT} are the limit: split by subject`);
}

// Assembled from halves, so that this file does not name what it forbids.
const never = [
  [new RegExp(`\\b(TO${''}DO|FIX${''}ME|X${''}XX)\\b`), 'unfinished work belongs in an issue'],
  [new RegExp(`eslint-${''}disable|@ts-(ignore|nocheck|expect-error)`), 'mend the cause instead of silencing the checker'],
  [new RegExp(`\\b(it|test|describe)\\.(skip|only)\\(`), 'a test runs, or says why it is skipped'],
  [new RegExp(`/(work|root|home)/${''}[a-z]`), 'no paths of one machine'],
  [new RegExp(`registry\\.npmjs|repo\\.maven\\.apache|pypi\\.org/simple`), 'no host names of package registries'],
];
for (const path of files.filter((name) => /\.(ts|mjs|cjs|md|ya?ml|json|sh|typ)$|Dockerfile|\.ci\//.test(name) && !name.endsWith('package-lock.json'))) {
  for (const [pattern, remedy] of never) {
    const found = pattern.exec(text(path));
    if (found) say(path, `"${found[0]}": ${remedy}`);
  }
}
for (const path of files) {
  if (/\s|[A-Z].*\.ts$/.test(path) && !path.startsWith('docs/')) say(path, 'file names are kebab-case');
  if (statSync(path).size > 1_000_000) say(path, 'larger than 1 MB: data does not live here');
}
if (/https?:\/\/(?!github\.com|.*funding)/.test(text('package-lock.json').match(/"resolved": "[^"]*"/g)?.join('') ?? '')) say('package-lock.json', 'names a registry: run npm install with --omit-lockfile-registry-resolved');

for (const problem of problems) console.error(problem);
console.log(`tidy: ${files.length} files, median ${median} lines, ${problems.length} problems`);
process.exitCode = problems.length ? 1 : 0;
