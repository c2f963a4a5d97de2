import { BARE, render } from './helm.js';
import { isAllowed, type NetworkPolicyObject } from './network-policy.js';
import { ofKind, referencesOf, workloadsOf, type KubeObject } from './objects.js';
import { whereHelmIs } from './where-helm-is.js';

const ON = ['--set', 'toolbox.enabled=true'];
const toolboxOf = (objects: KubeObject[]) =>
  workloadsOf(objects).find(({ metadata }) => metadata.name === 'vigie-toolbox');

whereHelmIs('a pod for commands', () => {
  it('is there only where it is asked for', () => expect(toolboxOf(render([]))).toBeUndefined());

  it.each([
    ['with Strimzi', ON, { name: 'admin', key: 'password' }],
    ['with a Kafka elsewhere', [...BARE, ...ON], { name: 'vigie-kafka', key: 'admin' }],
  ])('is the administrator of broker and store, and has the public keys alone: %s', (_, flags, kafka) => {
    expect(referencesOf(toolboxOf(render(flags))?.spec.template.spec ?? { containers: [] })).toEqual({
      KAFKA_BROKERS: expect.stringMatching(/:9092$/) as string,
      KAFKA_ADMIN_USERNAME: 'admin',
      KAFKA_ADMIN_PASSWORD: kafka,
      MONGO_URL: { name: 'vigie-mongo', key: 'restore' },
      TRUSTED_KEYS: { name: 'vigie-keys', key: 'trusted' },
    });
  });

  it('reaches Kafka and the store, and nobody reaches it', () => {
    const objects = render([...BARE, ...ON]);
    const policies = ofKind<NetworkPolicyObject>(objects, 'NetworkPolicy');
    const toolbox = { namespace: 'vigie', labels: toolboxOf(objects)?.spec.template.metadata.labels ?? {} };
    const elsewhere = { address: '10.1.2.3' };
    const may = (port: number): boolean => isAllowed(policies, 'vigie', { from: toolbox, to: elsewhere, port });
    expect([9092, 27017, 443, 8080].map(may)).toEqual([true, true, false, false]);
    expect(isAllowed(policies, 'vigie', { from: elsewhere, to: toolbox, port: 9464 })).toBe(false);
  });
});
