/**
 * npm run --silent sbom > sbom.json: what the image holds besides Node and Debian, as CycloneDX, from the lock file.
 * npm's own --omit=dev leaves out what development needs as well (npm 11.19: commander, yaml, zod and others), so the
 * whole is asked for and what is of development alone is taken away.
 */
import { spawnSync } from 'node:child_process';

const { status, stdout } = spawnSync('npm', ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1_048_576,
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (status !== 0) process.exit(1);

const isOfDevelopment = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

const bom = JSON.parse(stdout);
const components = bom.components.filter((one) => !isOfDevelopment(one));
const own = bom.metadata.component;
const kept = new Set([own['bom-ref'], ...components.map((one) => one['bom-ref'])]);
const dependencies = bom.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
// npm calls it as the folder is called.
const metadata = { ...bom.metadata, component: { ...own, type: 'application', name: 'vigie' } };
process.stdout.write(`${JSON.stringify({ ...bom, metadata, components, dependencies }, null, 2)}\n`);
