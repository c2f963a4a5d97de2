import { SERVICES } from '#libs/terms';
import { BARE, RELEASE, render } from './helm.js';
import { ofKind, type ScaledObject, workloadsOf, type KubeObject } from './objects.js';
import { whereHelmIs } from './where-helm-is.js';

interface Reference {
  parameter: string;
  name: string;
  key: string;
}
interface TriggerAuthentication extends KubeObject {
  spec: { secretTargetRef?: Reference[]; configMapTargetRef?: Reference[] };
}

const scalersOf = (objects: KubeObject[]): string[] =>
  ofKind(objects, 'ScaledObject', 'HorizontalPodAutoscaler').map(({ metadata }) => metadata.name);
const replicasOf = (objects: KubeObject[]): (number | undefined)[] =>
  workloadsOf(objects).map(({ spec }) => spec.replicas);
const CLAIM = ['--set', 'lake.existingClaim=ours'];

whereHelmIs('KEDA', () => {
  let objects: KubeObject[] = [];
  beforeAll(() => void (objects = render([])));
  const triggers = () => ofKind<ScaledObject>(objects, 'ScaledObject').flatMap(({ spec }) => spec.triggers);

  it('logs in as the service whose groups it looks at: by the parameters that its scaler reads', () => {
    const authentications = ofKind<TriggerAuthentication>(objects, 'TriggerAuthentication');
    const [users] = ofKind<KubeObject & { data: Record<string, string> }>(objects, 'ConfigMap').filter(
      ({ metadata }) => metadata.name === 'vigie-kafka-users',
    );
    expect(authentications.length).toBe(SERVICES.length - 1);
    for (const { metadata, spec } of authentications) {
      const service = metadata.name.replace('vigie-', '');
      const given = [...(spec.configMapTargetRef ?? []), ...(spec.secretTargetRef ?? [])];
      expect(given.map(({ parameter }) => parameter).sort()).toEqual(['password', 'username']);
      const [name] = spec.configMapTargetRef ?? [];
      expect({ from: name?.name, user: users?.data[name?.key ?? ''] }).toEqual({
        from: users?.metadata.name,
        user: service,
      });
    }
    const named = new Set(authentications.map(({ metadata }) => metadata.name));
    for (const { metadata, authenticationRef } of triggers()) {
      expect(metadata).not.toHaveProperty('username');
      expect(named).toContain(authenticationRef?.name);
    }
  });

  it('finds Kafka from its own namespace', () => {
    const found = new Set(triggers().map(({ metadata }) => metadata.bootstrapServers));
    expect([...found]).toEqual([`vigie-kafka-bootstrap.${RELEASE}.svc:9092`]);
  });

  it('leaves what is stopped alone', () => {
    const stopped = render(['--set', 'stopped=true']);
    expect(replicasOf(stopped)).toEqual(SERVICES.map(() => 0));
    for (const { metadata } of ofKind(stopped, 'ScaledObject'))
      expect(metadata.annotations).toEqual({ 'autoscaling.keda.sh/paused-replicas': '0' });
    expect(ofKind(objects, 'ScaledObject').flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {}))).toEqual(
      [],
    );
  });
});

whereHelmIs('replicas', () => {
  it('are none when the installation is stopped, and nothing brings one back', () => {
    const stopped = render([...BARE, '--set', 'stopped=true']);
    expect(replicasOf(stopped)).toEqual(SERVICES.map(() => 0));
    expect(scalersOf(stopped)).toEqual([]);
  });

  it.each([
    ['a claim of our own', []],
    ['a claim that was there', CLAIM],
  ])('of hunting are one while the disk is at one node, %s', (_name, flags) => {
    for (const more of [[], BARE]) {
      const objects = render([...more, ...flags]);
      expect(scalersOf(objects)).not.toContain('vigie-hunting');
      expect(workloadsOf(objects).find(({ metadata }) => metadata.name === 'vigie-hunting')?.spec.replicas).toBe(1);
    }
  });

  it('of hunting follow what waits where the disk is shared', () => {
    const objects = render([...CLAIM, '--set', 'lake.accessMode=ReadWriteMany']);
    expect(scalersOf(objects)).toContain('vigie-hunting');
  });
});
