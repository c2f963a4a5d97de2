import ipaddr from 'ipaddr.js';
import type { KubeObject } from './objects.js';

interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

interface PolicyPeer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string; except?: string[] };
}

interface PolicyRule {
  from?: PolicyPeer[];
  to?: PolicyPeer[];
  ports?: { port: number; protocol?: string }[];
}

export interface NetworkPolicyObject extends KubeObject {
  spec: { podSelector: LabelSelector; policyTypes: string[]; ingress?: PolicyRule[]; egress?: PolicyRule[] };
}

/** Who speaks or is spoken to: a pod, or an address outside the cluster. */
export type NetworkEnd = { namespace: string; labels: Record<string, string> } | { address: string };

export interface Traffic {
  from: NetworkEnd;
  to: NetworkEnd;
  port: number;
  protocol?: 'TCP' | 'UDP';
}

const matches = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Record<string, string>) =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values = [] }) => {
    if (operator !== 'In') throw new Error(`the operator ${operator} is not evaluated here`);
    return values.includes(labels[key] ?? '');
  });

const isWithin = (address: string, cidr: string): boolean => {
  const [ip, [range, bits]] = [ipaddr.parse(address), ipaddr.parseCIDR(cidr)];
  return ip.kind() === range.kind() && ip.match([range, bits] as never);
};

const isPeer =
  (end: NetworkEnd, own: string) =>
  ({ podSelector, namespaceSelector, ipBlock }: PolicyPeer): boolean => {
    if ('address' in end)
      return (
        ipBlock !== undefined &&
        isWithin(end.address, ipBlock.cidr) &&
        !(ipBlock.except ?? []).some((cidr) => isWithin(end.address, cidr))
      );
    if (ipBlock) return false;
    const place = namespaceSelector
      ? matches(namespaceSelector, { 'kubernetes.io/metadata.name': end.namespace })
      : end.namespace === own;
    return place && matches(podSelector ?? {}, end.labels);
  };

/** Whether what a cluster enforces of these policies, all of one namespace, lets the traffic through. */
export const isAllowed = (policies: NetworkPolicyObject[], namespace: string, traffic: Traffic): boolean => {
  const { from, to, port, protocol = 'TCP' } = traffic;
  const side = (own: NetworkEnd, other: NetworkEnd, type: 'Ingress' | 'Egress'): boolean => {
    if ('address' in own || own.namespace !== namespace) return true;
    const chosen = policies.filter(
      ({ spec }) => spec.policyTypes.includes(type) && matches(spec.podSelector, own.labels),
    );
    if (chosen.length === 0) return true;
    const rules = chosen.flatMap(({ spec }) => (type === 'Ingress' ? spec.ingress : spec.egress) ?? []);
    return rules.some((rule) => {
      const peers = type === 'Ingress' ? rule.from : rule.to;
      const ports = rule.ports ?? [];
      return (
        (peers === undefined || peers.some(isPeer(other, namespace))) &&
        (ports.length === 0 || ports.some((one) => one.port === port && (one.protocol ?? 'TCP') === protocol))
      );
    });
  };
  return side(from, to, 'Egress') && side(to, from, 'Ingress');
};
