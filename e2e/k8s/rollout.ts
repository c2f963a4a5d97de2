import { until } from '#stack';
import { workloadsOf, type KubeObject, type Workload } from '../../tools/k8s/src/objects.js';
import { mustBe } from './checks.js';
import { kubectl, kubectlJson } from './programs.js';

interface LiveWorkload extends Workload {
  spec: Workload['spec'] & { replicas: number };
  status: { availableReplicas?: number; updatedReplicas?: number; readyReplicas?: number };
}

interface LivePod extends KubeObject {
  metadata: KubeObject['metadata'] & { deletionTimestamp?: string };
  spec: { nodeName?: string; containers: { image: string }[] };
  status: { conditions?: { type: string; status: string }[] };
}

/** A busy machine is not a broken one. */
const WITHIN_MS = 600_000;

const OURS = 'app.kubernetes.io/instance=vigie';

/** Deployments and StatefulSets of the installation, as they are now. */
export const liveWorkloads = async (namespace: string): Promise<LiveWorkload[]> => {
  const kinds = 'deployments.apps,statefulsets.apps';
  const { items } = await kubectlJson<{ items: KubeObject[] }>('get', kinds, '-n', namespace, '-l', OURS);
  return workloadsOf(items) as LiveWorkload[];
};

export const livePods = async (namespace: string, component?: string): Promise<LivePod[]> => {
  const chosen = component ? `${OURS},app.kubernetes.io/component=${component}` : OURS;
  const { items } = await kubectlJson<{ items: LivePod[] }>('get', 'pods', '-n', namespace, '-l', chosen);
  return items.filter(({ metadata }) => !metadata.deletionTimestamp);
};

/** Waits until every service has at least so many replicas, all of them new and available. */
export const untilRolledOut = async (namespace: string, replicas: (name: string) => number): Promise<void> => {
  const isThere = ({ metadata: { name }, spec, status }: LiveWorkload): boolean =>
    spec.replicas >= replicas(name) &&
    status.availableReplicas === spec.replicas &&
    status.updatedReplicas === spec.replicas;
  await until('all replicas', async () => (await liveWorkloads(namespace)).every(isThere), WITHIN_MS, { everyMs: 500 });
  for (const { kind, metadata } of await liveWorkloads(namespace))
    await kubectl(['rollout', 'status', `${kind}/${metadata.name}`, '-n', namespace, '--timeout=600s']);
};

/** In how many zones each service's pods are, by name. */
export const zonesOf = async (namespace: string): Promise<Record<string, number>> => {
  const { items } = await kubectlJson<{ items: KubeObject[] }>('get', 'nodes');
  const zones = new Map(items.map(({ metadata: { name, labels } }) => [name, labels?.['topology.kubernetes.io/zone']]));
  const found: Record<string, Set<string | undefined>> = {};
  for (const { metadata, spec } of await livePods(namespace)) {
    const component = metadata.labels?.['app.kubernetes.io/component'] ?? '';
    (found[component] ??= new Set()).add(zones.get(spec.nodeName ?? ''));
  }
  return Object.fromEntries(Object.entries(found).map(([name, seen]) => [name, seen.size]));
};

/** The images that run, each once. */
export const imagesOf = async (namespace: string): Promise<string[]> => [
  ...new Set((await livePods(namespace)).flatMap(({ spec }) => spec.containers.map(({ image }) => image))),
];

/**
 * Looks again and again while `work` goes on, at how many replicas of each service are available.
 * @returns how often it looked. @throws Error when one had fewer than its budget leaves.
 */
export const withinBudget = async (namespace: string, mayLack: number, work: Promise<unknown>): Promise<number> => {
  let [looks, busy] = [0, true];
  const least: Record<string, number> = {};
  const done = work.finally(() => (busy = false));
  // It is waited for below; until then nobody else hears of its failure.
  done.catch(() => undefined);
  do {
    for (const { metadata, spec, status } of await liveWorkloads(namespace)) {
      const lacks = spec.replicas - (status.availableReplicas ?? 0);
      least[metadata.name] = Math.max(least[metadata.name] ?? 0, lacks);
    }
    looks += 1;
  } while (busy);
  await done;
  const broken = Object.entries(least).filter(([, lacks]) => lacks > mayLack);
  mustBe(broken, [], `services that lacked more than ${mayLack} replicas`);
  return looks;
};
