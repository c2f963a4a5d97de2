/** The repository's checks about itself. Each failure names the file and the remedy. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { awayFromHome } from './at-home.mjs';
import { missingPaths } from './doc-paths.mjs';
import { repeatedTypeNames } from './type-names.mjs';

const HARD_LIMIT = 400;
/** What a reader carries: lines and bytes of the file in the middle, and of the one that nine of ten stay under. */
const MOST = { median: { lines: 80, bytes: 2_560 }, ninth: { lines: 200, bytes: 6_144 } };
/** Only texts that cannot be broken are wider: so many of a thousand lines. */
const COLUMNS = 120;
const WIDE_PER_MILLE = 5;
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path && statSync(path, { throwIfNoEntry: false })?.isFile());
const text = (path) => readFileSync(path, 'utf8');
const code = files.filter((path) => /\.(ts|mjs)$/.test(path) && !path.startsWith('contracts/generated/'));
const problems = [];
const say = (path, problem) => problems.push(`${path}: ${problem}`);

const sizes = code.map((path) => ({ path, bytes: text(path).length, lines: text(path).split('\n') }));
const at = (share, measure) => sizes.map(measure).sort((a, b) => a - b)[Math.floor(sizes.length * share)] ?? 0;
for (const [name, share] of [
  ['median', 0.5],
  ['ninth', 0.9],
]) {
  const found = { lines: at(share, ({ lines }) => lines.length - 1), bytes: at(share, ({ bytes }) => bytes) };
  for (const [unit, most] of Object.entries(MOST[name]))
    if (found[unit] > most)
      say('repository', `the ${name} file has ${found[unit]} ${unit}, ${most} are the limit: split`);
}
for (const { path, lines } of sizes) {
  if (lines.length - 1 > HARD_LIMIT)
    say(path, `${lines.length - 1} lines, ${HARD_LIMIT} are the limit: split by subject`);
  const comment = lines.findIndex(
    (line) => line.length > COLUMNS && /^\s*(\*|\/\*|\/\/) /.test(line) && !/https?:/.test(line),
  );
  if (comment >= 0) say(`${path}:${comment + 1}`, `a comment is wider than ${COLUMNS} columns: break it`);
}
const wide = sizes.flatMap(({ lines }) => lines.filter((line) => line.length > COLUMNS)).length;
const share = (1_000 * wide) / sizes.reduce((sum, { lines }) => sum + lines.length, 0);
if (share > WIDE_PER_MILLE)
  say(
    'repository',
    `${wide} lines (${share.toFixed(1)} of a thousand) are wider than ${COLUMNS} columns, ${WIDE_PER_MILLE} are the limit`,
  );

for (const [name, places] of repeatedTypeNames(code))
  say(places[0], `${name} is also defined in ${places.slice(1).join(', ')}: say what it is of, or import it`);
for (const [document, path] of missingPaths(files.filter((name) => name.endsWith('.md'))))
  say(document, `${path} is not there: name where it is now`);

for (const path of files)
  for (const { found, remedy } of awayFromHome(path, text(path))) say(path, `${found}: ${remedy}`);

// Assembled from halves, so that this file does not name what it forbids.
const never = [
  [new RegExp(`\\b(TO${''}DO|FIX${''}ME|X${''}XX)\\b`), 'unfinished work belongs in an issue'],
  [
    new RegExp(`eslint-${''}disable|@ts-(ignore|nocheck|expect-error)`),
    'mend the cause instead of silencing the checker',
  ],
  [new RegExp(`\\b(it|test|describe)\\.(skip|only)\\(`), 'a test runs, or says why it is skipped'],
  [new RegExp(`/(work|root|home)/${''}[a-z]`), 'no paths of one machine'],
  [new RegExp(`registry\\.npmjs|repo\\.maven\\.apache|pypi\\.org/simple`), 'no host names of package registries'],
];
for (const path of files.filter(
  (name) => /\.(ts|mjs|cjs|md|ya?ml|json|sh|typ)$|Dockerfile|\.ci\//.test(name) && !name.endsWith('package-lock.json'),
)) {
  for (const [pattern, remedy] of never) {
    const found = pattern.exec(text(path));
    if (found) say(path, `"${found[0]}": ${remedy}`);
  }
}
for (const path of files) {
  if (/\s|[A-Z].*\.ts$/.test(path) && !path.startsWith('docs/')) say(path, 'file names are kebab-case');
  if (statSync(path).size > 1_000_000) say(path, 'larger than 1 MB: data does not live here');
}
if (
  /https?:\/\/(?!github\.com|.*funding)/.test(
    text('package-lock.json')
      .match(/"resolved": "[^"]*"/g)
      ?.join('') ?? '',
  )
)
  say('package-lock.json', 'names a registry: run npm install with --omit-lockfile-registry-resolved');

for (const problem of problems) console.error(problem);
console.log(
  `tidy: ${files.length} files, median ${at(0.5, ({ lines }) => lines.length - 1)} lines, ${wide} wide, ${problems.length} problems`,
);
process.exitCode = problems.length ? 1 : 0;
