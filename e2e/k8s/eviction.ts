import { until } from '#stack';
import { kubectl } from './programs.js';
import { livePods } from './rollout.js';

const evict = (namespace: string, name: string): Promise<string> => {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  return kubectl(['create', '--raw', path, '--filename', '-'], JSON.stringify(eviction));
};

/**
 * Evicts two pods of a service, while no new one may come: the budget lets the first go, and keeps the second.
 * @throws Error when it does otherwise.
 */
export const evictTwo = async (namespace: string, component: string): Promise<void> => {
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'no-new-pods', namespace } };
  const [first, second] = await livePods(namespace, component);
  if (!first || !second) throw new Error(`${component} has fewer than two pods`);
  await kubectl(['create', '--filename', '-'], JSON.stringify({ ...quota, spec: { hard: { pods: '0' } } }));
  try {
    await evict(namespace, first.metadata.name);
    await until('the first to be gone', async () =>
      (await livePods(namespace, component)).every((pod) => pod.metadata.name !== first.metadata.name),
    );
    const refused = await evict(namespace, second.metadata.name).then(
      () => '',
      (error: Error) => error.message,
    );
    if (!/disruption budget/.test(refused))
      throw new Error(`the second was evicted too: ${refused || 'nobody objected'}`);
  } finally {
    await kubectl(['delete', 'resourcequota', 'no-new-pods', '--namespace', namespace]);
  }
};
