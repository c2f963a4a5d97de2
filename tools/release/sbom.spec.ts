import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface CycloneDx {
  bomFormat: string;
  components: { name: string; group?: string; version: string; purl: string; hashes?: { alg: string }[] }[];
}

it('what the image holds is told as CycloneDX: every dependency, as locked, and nothing of development', () => {
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1_048_576,
  });
  expect(status).toBe(0);
  const { bomFormat, components } = JSON.parse(stdout) as CycloneDx;
  expect(bomFormat).toBe('CycloneDX');
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const nameOf = (purl: string): string => decodeURIComponent(purl.replace(/^pkg:npm\//, '').replace(/@[^@]*$/, ''));
  const told = new Set(components.flatMap(({ purl, version }) => [nameOf(purl), `${nameOf(purl)} ${version}`]));
  const lacking = Object.entries(dependencies).filter(([name, version]) => !told.has(`${name} ${version}`));
  expect(lacking).toEqual([]);
  expect(['jest', 'eslint', 'typescript-eslint'].filter((name) => name in devDependencies && told.has(name))).toEqual(
    [],
  );
  expect(components.filter(({ hashes }) => !hashes?.some(({ alg }) => alg === 'SHA-512'))).toEqual([]);
});
