import { readFileSync } from 'node:fs';
import { SERVICES } from '#libs/terms';
import { BARE, INSTALLATIONS, RELEASE, render } from './helm.js';
import { whereHelmIs } from './where-helm-is.js';
import { isAllowed, type NetworkEnd, type NetworkPolicyObject } from './network-policy.js';
import { ofKind, workloadsOf, type KubeObject } from './objects.js';

const HEALTH = 9464;
const FROM_INGRESS: Record<string, number[]> = { gateway: [8080], collection: [4317, 8088] };
const KAFKA = 9092;
const STORE = 27017;
const PORTS = [22, 443, 465, 587, 4317, 5514, 5515, 6443, 6514, 8080, 8088, KAFKA, 9093, HEALTH, STORE];
const pod = (namespace: string, labels: Record<string, string> = {}): NetworkEnd => ({ namespace, labels });

const kafka = pod(RELEASE, { 'strimzi.io/cluster': 'vigie', 'strimzi.io/kind': 'Kafka' });
const store = pod(RELEASE, { app: 'vigie-mongo-svc' });
const names = pod('kube-system', { 'k8s-app': 'kube-dns' });
const internet: NetworkEnd = { address: '93.184.216.34' };
const inside: NetworkEnd = { address: '10.9.9.9' };
const metadata: NetworkEnd = { address: '169.254.169.254' };

/** Who stands in the first table of the page, as saying or hearing anything on Kafka. */
const onKafka = (): string[] => {
  const table = readFileSync('docs/topology.md', 'utf8').split('## Who asks what')[0] ?? '';
  const cells = table.split('\n').filter((line) => line.startsWith('| `'));
  const names = cells.flatMap((line) => line.split('|').slice(2, 4).join(',').split(','));
  const known = new Set(names.map((name) => name.trim()));
  return [...known].filter((name) => name && name !== '–' && name !== 'partners').sort();
};

whereHelmIs('policies of the network', () => {
  let policies: NetworkPolicyObject[] = [];
  let services: Record<string, NetworkEnd> = {};
  beforeAll(() => {
    const objects: KubeObject[] = render(INSTALLATIONS.whole ?? []);
    policies = ofKind<NetworkPolicyObject>(objects, 'NetworkPolicy');
    services = Object.fromEntries(
      workloadsOf(objects).map(({ spec: { template } }) => [
        template.spec.containers[0]?.name ?? '',
        pod(RELEASE, template.metadata.labels),
      ]),
    );
  });
  const may = (from: NetworkEnd, to: NetworkEnd, port: number, protocol: 'TCP' | 'UDP' = 'TCP'): boolean =>
    isAllowed(policies, RELEASE, { from, to, port, protocol });
  /** Names of the services that may reach an end, by port. */
  const whoReach = (to: NetworkEnd, ports: number[] = PORTS): Record<number, string[]> =>
    Object.fromEntries(
      ports
        .map((port) => [port, SERVICES.filter((name) => may(services[name] as NetworkEnd, to, port)).sort()] as const)
        .filter(([, who]) => who.length > 0),
    );
  /** Ports of the services that an end may reach. */
  const whatIsReached = (from: NetworkEnd, protocol: 'TCP' | 'UDP' = 'TCP'): Record<string, number[]> =>
    Object.fromEntries(
      Object.entries(services)
        .map(([name, to]) => [name, PORTS.filter((port) => may(from, to, port, protocol))] as const)
        .filter(([, ports]) => ports.length > 0),
    );

  it('know every service of the page of topics', () => {
    expect(Object.keys(services).sort()).toEqual([...SERVICES].sort());
    expect(onKafka()).toEqual([...SERVICES].sort());
  });

  it('let services meet on Kafka, and nowhere else', () => {
    expect(whoReach(kafka)).toEqual({ [KAFKA]: onKafka() });
    for (const name of SERVICES) expect(whoReach(services[name] as NetworkEnd)).toEqual({});
  });

  it('let each service reach the store and the names of the cluster', () => {
    expect(whoReach(store)).toEqual({ [STORE]: [...SERVICES].sort() });
    expect(whoReach(names, [53, ...PORTS])).toEqual({ 53: [...SERVICES].sort() });
  });

  it('let who backs up reach the store, Kafka and names, and nothing else', () => {
    const ours = { 'app.kubernetes.io/name': 'vigie', 'app.kubernetes.io/instance': RELEASE };
    const backup = pod(RELEASE, { ...ours, 'app.kubernetes.io/component': 'backup' });
    const reached = (to: NetworkEnd): number[] => PORTS.filter((port) => may(backup, to, port));
    expect([kafka, store].map(reached)).toEqual([[KAFKA], [STORE]]);
    for (const to of [internet, inside, metadata, ...Object.values(services)]) expect(reached(to)).toEqual([]);
    for (const from of [pod(RELEASE), internet]) expect(PORTS.filter((port) => may(from, backup, port))).toEqual([]);
  });

  it('let each service reach the collector of traces', () => {
    expect(whoReach(pod('monitoring'), [4317, 4318, HEALTH])).toEqual({ 4318: [...SERVICES].sort() });
    expect(whoReach(inside, [4318])).toEqual({});
  });

  it('let those out who call vendors or write to people, and to what is private where it is named', () => {
    expect(whoReach(internet)).toEqual({ 443: ['oncall', 'response'], 465: ['oncall'], 587: ['oncall'] });
    expect(whoReach(inside)).toEqual({});
    expect(whoReach(metadata)).toEqual({});
    expect(whoReach({ address: '10.7.0.25' }, [25, ...PORTS])).toEqual({ 25: ['oncall'] });
    expect(whoReach({ address: '10.8.0.9' }, [8443, ...PORTS])).toEqual({ 8443: ['response'] });
  });

  it('let the ingress in at what people and partners reach, and who watches at the figures', () => {
    expect(whatIsReached(pod('ingress-nginx'))).toEqual(FROM_INGRESS);
    const figures = Object.fromEntries(SERVICES.map((name) => [name, [HEALTH]]));
    expect(whatIsReached(pod('monitoring'))).toEqual(figures);
    const ofTest = { 'app.kubernetes.io/name': 'vigie', 'app.kubernetes.io/instance': RELEASE };
    expect(whatIsReached(pod(RELEASE, { ...ofTest, 'app.kubernetes.io/component': 'test' }))).toEqual(figures);
  });

  it('let nobody else in, from this namespace, another one or outside', () => {
    for (const from of [pod(RELEASE), pod('default'), pod('kube-system'), kafka, store, internet, inside])
      for (const protocol of ['TCP', 'UDP'] as const) expect(whatIsReached(from, protocol)).toEqual({});
  });

  it('let syslog in at each port from the networks that are named for it', () => {
    expect(whatIsReached({ address: '198.51.100.9' })).toEqual({ collection: [5514] });
    expect(whatIsReached({ address: '198.51.100.9' }, 'UDP')).toEqual({ collection: [5514] });
    expect(whatIsReached({ address: '203.0.113.7' })).toEqual({ collection: [5515] });
    expect(whatIsReached({ address: '192.0.2.7' })).toEqual({ collection: [6514] });
    expect(whatIsReached({ address: '192.0.2.7' }, 'UDP')).toEqual({});
    expect(whatIsReached({ address: '203.0.113.8' })).toEqual({});
  });
});

whereHelmIs('a Kafka of our own', () =>
  it.each([
    ['kafka.example:9093', [9093]],
    ['one.example:9093,two.example:9093', [9093]],
    ['one.example:9093, two.example:19094', [9093, 19094]],
  ])('is reached at the ports that %s names, and at no other', (brokers, ports) => {
    const flags = [...BARE, '--set-json', `kafka.brokers=${JSON.stringify(brokers)}`];
    const policies = ofKind<NetworkPolicyObject>(render(flags), 'NetworkPolicy');
    const labels = { 'app.kubernetes.io/name': 'vigie', 'app.kubernetes.io/instance': RELEASE };
    const from = pod(RELEASE, { ...labels, 'app.kubernetes.io/component': 'cases' });
    const reached = [...PORTS, 19_094]
      .sort((one, other) => one - other)
      .filter((port) => isAllowed(policies, RELEASE, { from, to: inside, port }));
    expect(reached).toEqual([...ports, STORE].sort((one, other) => one - other));
  }),
);
