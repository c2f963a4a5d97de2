import { kubectl, kubectlJson } from './programs.js';

interface LiveNode {
  metadata: { name: string };
  status: { nodeInfo: { kubeletVersion: string } };
}

/** A controller manager that knows 40 s of grace looks every 5 s. */
const EVERY_MS = 8_000;

const leaseOf = (name: string) => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name, namespace: 'kube-node-lease' },
  spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: `${new Date().toISOString().slice(0, -1)}000Z` },
});

/**
 * Says again and again that the nodes made by kwok live, as a kubelet does: where nobody does, they count as lost after
 * some minutes and their pods as unavailable. Nodes with a kubelet are left alone.
 * @returns what ends it.
 */
export const keepNodesAlive = async (): Promise<() => void> => {
  const { items } = await kubectlJson<{ items: LiveNode[] }>('get', 'nodes');
  const made = items.filter(({ status }) => status.nodeInfo.kubeletVersion.startsWith('kwok'));
  if (made.length === 0) return () => undefined;
  const renew = (): Promise<string> => {
    const leases = made.map(({ metadata }) => leaseOf(metadata.name));
    return kubectl(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: leases }));
  };
  await renew();
  // One that is missed is made up for by the next.
  const timer = setInterval(() => void renew().catch(() => undefined), EVERY_MS);
  return () => clearInterval(timer);
};
