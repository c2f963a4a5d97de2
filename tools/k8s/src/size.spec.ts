import { readFileSync } from 'node:fs';
import { INSTALLATIONS, render } from './helm.js';
import {
  ofKind,
  workloadsOf,
  type KafkaTopicObject,
  type KubeContainer,
  type KubeObject,
  type ScaledObject,
} from './objects.js';
import { whereHelmIs } from './where-helm-is.js';

interface NodePool extends KubeObject {
  spec: { replicas: number; roles: string[]; storage: { volumes: { size: string }[] } };
}
const BYTES: Record<string, number> = { Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };
const bytesOf = (size: string): number => parseFloat(size) * (BYTES[size.slice(-2)] ?? 1);
const coresOf = (cpu: string): number => (cpu.endsWith('m') ? parseFloat(cpu) / 1000 : parseFloat(cpu));

const EVENT_BYTES = 2_100;
/** Partners' topics three, telemetry twice one. */
const KEPT_DAYS = 5;
const USED = 0.8;

/** The row of the page that the objects of an installation ask for. */
const rowOf = (file: string, objects: KubeObject[]): string => {
  const scalers = ofKind<ScaledObject>(objects, 'ScaledObject');
  const replicas = new Map(scalers.map(({ metadata, spec }) => [metadata.name, spec.minReplicaCount]));
  let [cores, memory] = [0, 0];
  for (const { metadata, spec } of workloadsOf(objects)) {
    const count = spec.replicas ?? replicas.get(metadata.name) ?? 1;
    const [container] = spec.template.spec.containers as (KubeContainer & {
      resources: { requests: { cpu: string; memory: string } };
    })[];
    cores += count * coresOf(container?.resources.requests.cpu ?? '');
    memory += count * bytesOf(container?.resources.requests.memory ?? '');
  }
  const most = Math.max(...scalers.map(({ spec }) => spec.maxReplicaCount));
  const topics = ofKind<KafkaTopicObject>(objects, 'KafkaTopic');
  const [brokers] = ofKind<NodePool>(objects, 'KafkaNodePool').filter(({ spec }) => spec.roles.includes('broker'));
  const [count, size = ''] = [brokers?.spec.replicas ?? 0, brokers?.spec.storage.volumes[0]?.size];
  const perEvent = EVENT_BYTES * KEPT_DAYS * 86_400 * (topics[0]?.spec.replicas ?? 0);
  return [
    '',
    `\`${file}\``,
    Math.max(...topics.map(({ spec }) => spec.partitions)),
    `${Math.min(...replicas.values())} to ${most}`,
    `${Number(cores.toFixed(2))} cores, ${memory / 2 ** 30} GiB`,
    `${count} × ${size}`,
    Math.floor((count * bytesOf(size) * USED) / perEvent).toLocaleString('en'),
    '',
  ]
    .join(' | ')
    .trim();
};

whereHelmIs('what docs/operate.md says of sizes', () =>
  it.each([
    ['values-small.yaml', 'small'],
    ['values.yaml', 'default'],
    ['values-large.yaml', 'large'],
  ])('follows from %s', (file, name) =>
    expect(readFileSync('docs/operate.md', 'utf8').split('\n')).toContain(
      rowOf(file, render(INSTALLATIONS[name] ?? [])),
    ),
  ),
);
