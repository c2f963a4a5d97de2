import { isAllowed, type NetworkEnd, type NetworkPolicyObject } from '../../tools/k8s/src/network-policy.js';
import type { KubeObject } from '../../tools/k8s/src/objects.js';
import { mustBe } from './checks.js';
import { kubectlJson } from './programs.js';
import { livePods } from './rollout.js';

const KAFKA = 9092;
const HEALTH = 9464;

/**
 * Puts traffic to the policies as the server has them, between its own pods and others.
 * @param kafka where Kafka is: a pod that Strimzi made, or an address elsewhere.
 * @returns how much was allowed and denied. @throws Error when something was judged otherwise than it should be.
 */
export const judgeTraffic = async (namespace: string, kafka: NetworkEnd): Promise<string> => {
  const { items } = await kubectlJson<{ items: KubeObject[] }>('get', 'networkpolicies', '-n', namespace);
  const pods = await livePods(namespace);
  const counts = { allowed: 0, denied: 0 };
  const judge = (from: NetworkEnd, to: NetworkEnd, port: number, wanted: boolean): void => {
    const found = isAllowed(items as NetworkPolicyObject[], namespace, { from, to, port });
    mustBe(found, wanted, JSON.stringify({ from, to, port }));
    counts[found ? 'allowed' : 'denied'] += 1;
  };
  const ends = pods.map(({ metadata: { labels = {} } }) => ({ namespace, labels }));
  const nameOf = ({ labels }: (typeof ends)[number]): string => labels['app.kubernetes.io/component'] ?? '';
  for (const end of ends) {
    judge(end, kafka, KAFKA, true);
    judge(end, kafka, HEALTH, false);
    judge(end, { address: '10.1.2.3' }, 443, false);
    judge(end, { address: '93.184.216.34' }, 443, ['oncall', 'response'].includes(nameOf(end)));
    judge({ namespace: 'monitoring', labels: {} }, end, HEALTH, true);
    judge({ namespace: 'default', labels: {} }, end, HEALTH, false);
    judge({ namespace: 'ingress-nginx', labels: {} }, end, 8080, nameOf(end) === 'gateway');
    judge({ namespace: 'ingress-nginx', labels: {} }, end, 8088, nameOf(end) === 'collection');
    judge({ namespace: 'ingress-nginx', labels: {} }, end, 4317, nameOf(end) === 'collection');
    for (const other of ends) for (const port of [HEALTH, 4317, 8080, 8088]) judge(end, other, port, false);
  }
  return `${counts.allowed} allowed, ${counts.denied} denied`;
};
