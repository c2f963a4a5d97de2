import { BARE, RELEASE, render } from './helm.js';
import { ofKind, workloadsOf, type KubeObject } from './objects.js';
import { whereHelmIs } from './where-helm-is.js';

interface RuleObject extends KubeObject {
  spec: { groups: { rules: { alert?: string; expr: string; annotations?: { runbook_url?: string } }[] }[] };
}
const alertsOf = (objects: KubeObject[]) =>
  ofKind<RuleObject>(objects, 'PrometheusRule').flatMap(({ spec }) =>
    spec.groups.flatMap(({ rules }) => rules.filter(({ alert }) => alert)),
  );
/** What an alert asks of a label, each once. */
const asked = (objects: KubeObject[], alert: string, label: string): string[] => {
  const { expr = '' } = alertsOf(objects).find((one) => one.alert === alert) ?? {};
  return [...new Set([...expr.matchAll(new RegExp(`${label}=~?"([^"]*)"`, 'g'))].map(([, text = '']) => text))];
};
const matches = (pattern: string | undefined, name: string): boolean => new RegExp(`^(?:${pattern})$`).test(name);

/** Of as many characters as the names of a release's objects begin with: the rest is cut off. */
const LONG = 'managed-detection-and-response-of-europe';

whereHelmIs('alerts of an installation', () => {
  const CLUSTER = ['VigieReplicasLacking', 'VigieLakeFills', 'VigieKafkaFills', 'VigieStoreFills'];

  it.each<[string, string, string[], string]>([
    ['its own claim', RELEASE, [], 'vigie-lake'],
    ['a claim that was there', RELEASE, ['--set', 'lake.existingClaim=parquet'], 'parquet'],
    ['a release of another name', 'mdr-eu', [], 'mdr-eu-vigie-lake'],
    ['a release of a long name', LONG, [], `${LONG}-lake`],
  ])('watch the disk of the lake: %s', (_name, release, flags, claim) => {
    const objects = render(flags, release);
    expect(asked(objects, 'VigieLakeFills', 'persistentvolumeclaim')).toEqual([claim]);
    const lakes = workloadsOf(objects).flatMap(({ spec }) => spec.template.spec.volumes ?? []);
    expect(lakes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [])).toEqual([claim]);
  });

  it.each([RELEASE, 'mdr-eu', LONG])('know the workloads and disks of %s', (release) => {
    const objects = render([], release);
    for (const { kind, metadata } of workloadsOf(objects)) {
      const [pattern] = asked(objects, 'VigieReplicasLacking', kind.toLowerCase());
      expect({ name: metadata.name, known: matches(pattern, metadata.name) }).toEqual({
        name: metadata.name,
        known: true,
      });
    }
    const [kafka] = ofKind(objects, 'Kafka').map(({ metadata }) => metadata.name);
    const pools = ofKind(objects, 'KafkaNodePool').map(({ metadata }) => metadata.name);
    const [disks] = asked(objects, 'VigieKafkaFills', 'persistentvolumeclaim');
    for (const pool of pools) {
      // As Strimzi names pods and their claims; a name of a pod has at most 63 characters.
      expect(`${kafka}-${pool}-99`.length).toBeLessThanOrEqual(63);
      expect(matches(disks, `data-0-${kafka}-${pool}-99`)).toBe(true);
    }
    expect(matches(asked(objects, 'VigieStoreFills', 'persistentvolumeclaim')[0], `data-volume-${kafka}-mongo-0`)).toBe(
      true,
    );
  });

  it('on what the cluster tells look at its own namespace alone', () => {
    const objects = render([]);
    for (const alert of CLUSTER)
      expect({ alert, in: asked(objects, alert, 'namespace') }).toEqual({ alert, in: [RELEASE] });
  });

  it('lead to where the runbooks are kept', () => {
    const flags = ['--set', 'monitoring.runbooks=https://wiki.example/vigie/operate'];
    for (const { annotations } of alertsOf(render(flags)))
      expect(annotations?.runbook_url).toMatch(/^https:\/\/wiki\.example\/vigie\/operate#[a-z-]+$/);
  });

  it('come once, where one Prometheus looks at several installations', () => {
    const objects = render(['--set', 'monitoring.shared=false']);
    expect(alertsOf(objects).map(({ alert }) => alert)).toEqual(CLUSTER);
    expect(ofKind(objects, 'ConfigMap').filter(({ metadata }) => /dashboard/.test(metadata.name))).toEqual([]);
    expect(ofKind(objects, 'ServiceMonitor')).toHaveLength(1);
    expect(ofKind(render(BARE), 'PrometheusRule', 'ServiceMonitor')).toEqual([]);
  });
});
