import { spawnSync } from 'node:child_process';

/** @returns what Nx would test when these files change */
const affectedBy = (...files: string[]): string[] => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/nx/dist/bin/nx.js', 'show', 'projects', '--affected', `--files=${files.join(',')}`, '--json'],
    { encoding: 'utf8', env: { ...process.env, NX_DAEMON: 'false' } },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[];
};

describe('a change touches those that depend on it', () => {
  it('a service: neither a library nor another service', () => {
    const touched = affectedBy('services/tenants/src/tenants.module.ts');
    expect(touched).toEqual(expect.arrayContaining(['services-tenants', 'e2e']));
    expect(touched.filter((name) => /^(libs|services)-/.test(name))).toEqual(['services-tenants']);
  });

  it('a rule: the service that reads it from disk', () =>
    expect(affectedBy('rules/README.md')).toEqual(expect.arrayContaining(['rules', 'services-detection'])));

  it('the engine: those who use it, and not those who do not', () => {
    const touched = affectedBy('libs/sigma/src/index.ts');
    expect(touched).toEqual(expect.arrayContaining(['libs-sigma', 'services-detection', 'services-hunting']));
    expect(touched).not.toContain('services-cases');
  });
});
