import { spawnSync } from 'node:child_process';
import { objectsIn, withoutHelm } from './helm.js';

const answers = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0;
const whereBothAre = withoutHelm || !answers ? describe.skip : describe;

whereBothAre('the example for kustomize', () => {
  it('consists of what runs, and of nothing that Helm runs at its own times', () => {
    const flags = ['kustomize', '--enable-helm', '--load-restrictor', 'LoadRestrictionsNone', 'k8s/overlay'];
    const { status, stdout, stderr } = spawnSync('kubectl', flags, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const objects = objectsIn(stdout);
    expect(objects.length).toBeGreaterThan(50);
    expect(objects.filter(({ kind }) => kind === 'Pod')).toEqual([]);
    const hooks = objects.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook']);
    expect(hooks.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([]);
  });
});
