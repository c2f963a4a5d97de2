import { BARE, render } from './helm.js';
import {
  ofKind,
  type CronJobObject,
  workloadsOf,
  type KubeObject,
  type KubePodSpec,
  type Workload,
} from './objects.js';
import { whereHelmIs } from './where-helm-is.js';

interface PodObject extends KubeObject {
  spec: KubePodSpec;
}

const BACKUP = ['--set', 'backup.enabled=true'];
const json = (values: Record<string, unknown>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['--set-json', `${name}=${JSON.stringify(value)}`]);

/** Every pod that the chart brings, by what makes it. */
const podsOf = (objects: KubeObject[]): Record<string, KubePodSpec> =>
  Object.fromEntries([
    ...[...workloadsOf(objects), ...ofKind<Workload>(objects, 'Job')].map((one) => [
      `${one.kind} ${one.metadata.name}`,
      one.spec.template.spec,
    ]),
    ...ofKind<CronJobObject>(objects, 'CronJob').map((one) => [
      `CronJob ${one.metadata.name}`,
      one.spec.jobTemplate.spec.template.spec,
    ]),
    ...ofKind<PodObject>(objects, 'Pod').map((one) => [`Pod ${one.metadata.name}`, one.spec]),
  ]) as Record<string, KubePodSpec>;

whereHelmIs('pods', () => {
  it('run where the defaults say, also those of Jobs and of the test', () => {
    const placement = {
      nodeSelector: { pool: 'mdr' },
      tolerations: [{ key: 'mdr', operator: 'Exists' }],
      priorityClassName: 'high',
    };
    const values = Object.fromEntries(Object.entries(placement).map(([name, value]) => [`defaults.${name}`, value]));
    const pods = podsOf(render([...BARE, ...BACKUP, ...json(values)]));
    expect(Object.keys(pods)).toEqual(
      expect.arrayContaining(['Job vigie-provision', 'CronJob vigie-backup', 'Pod vigie-test']),
    );
    for (const [name, pod] of Object.entries(pods)) expect({ name, ...pod }).toMatchObject({ name, ...placement });
  });

  it('have the files that settings name: those of all, and those of one service on top', () => {
    const [ca, logo] = ['ca', 'logo'].map((name) => ({ name, configMap: { name } }));
    const mount = (name: string) => ({ name, mountPath: `/etc/vigie/${name}`, readOnly: true });
    const flags = json({
      'defaults.env': { NODE_EXTRA_CA_CERTS: '/etc/vigie/ca/ca.pem' },
      'defaults.extraVolumes': [ca],
      'defaults.extraVolumeMounts': [mount('ca')],
      'services.reporting.extraVolumes': [logo],
      'services.reporting.extraVolumeMounts': [mount('logo')],
    });
    const pods = podsOf(render([...BARE, ...BACKUP, ...flags]));
    for (const [name, { volumes = [], containers }] of Object.entries(pods)) {
      if (name.startsWith('Pod ')) continue;
      const wanted = name.endsWith('reporting') ? ['ca', 'logo'] : ['ca'];
      const mounted = containers[0]?.volumeMounts?.filter(({ mountPath }) => mountPath.startsWith('/etc/vigie'));
      expect({ name, mounted: mounted?.map((one) => one.name) }).toEqual({ name, mounted: wanted });
      expect(volumes.map((one) => one.name)).toEqual(expect.arrayContaining(wanted));
      expect(containers[0]?.env).toContainEqual({ name: 'NODE_EXTRA_CA_CERTS', value: '/etc/vigie/ca/ca.pem' });
    }
  });

  it('are given numbers with all their digits', () => {
    const [collection] = ofKind<Workload>(
      render(json({ 'services.collection.env': { HTTP_MAX_PENDING_BYTES: 134_217_728, HTTP_MAX_CONNECTIONS: 4096 } })),
      'Deployment',
    ).filter(({ metadata }) => metadata.name === 'vigie-collection');
    const env = new Map(collection?.spec.template.spec.containers[0]?.env?.map(({ name, value }) => [name, value]));
    expect(env.get('HTTP_MAX_PENDING_BYTES')).toBe('134217728');
    // Whoever comes through the ingress has its address.
    expect(env.get('HTTP_MAX_CONNECTIONS_PER_ADDRESS')).toBe('4096');
  });
});

whereHelmIs('pods that operators make', () => {
  const restricted = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
  /** Contexts of containers, by name, wherever they stand. */
  const contextsOf = (value: unknown, found: Record<string, unknown> = {}): Record<string, unknown> => {
    for (const [key, one] of Object.entries((value ?? {}) as Record<string, unknown>)) {
      const { name, securityContext } = (one ?? {}) as { name?: string; securityContext?: unknown };
      if (securityContext && key !== 'spec') found[name ?? key] = securityContext;
      if (typeof one === 'object') contextsOf(one, found);
    }
    return found;
  };
  const OPERATORS = ['Kafka', 'KafkaNodePool', 'MongoDBCommunity'];
  const MONGO = ['--set', 'mongo.operator.enabled=true'];

  it('ask no more than a restricted namespace gives', () => {
    const found = contextsOf(ofKind(render([...MONGO, '--set', 'strimzi.brokers=6']), ...OPERATORS));
    expect(found).toEqual(
      Object.fromEntries(
        [
          ...['kafkaContainer', 'initContainer', 'topicOperatorContainer', 'userOperatorContainer'],
          ...['mongod', 'mongodb-agent', 'mongod-posthook', 'mongodb-agent-readinessprobe'],
        ].map((name) => [name, restricted]),
      ),
    );
    const pools = ofKind(render(['--set', 'strimzi.brokers=6']), 'KafkaNodePool');
    expect(pools.map((pool) => contextsOf(pool))).toEqual(
      pools.map(() => ({ kafkaContainer: restricted, initContainer: restricted })),
    );
  });

  it('are left to the operator where a platform has rules of its own', () => {
    const flags = [...MONGO, '--set', 'strimzi.restrictPods=false,mongo.operator.restrictPods=false'];
    expect(contextsOf(ofKind(render(flags), ...OPERATORS))).toEqual({});
  });
});
