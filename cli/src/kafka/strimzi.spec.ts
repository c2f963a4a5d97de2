import type { AclRule } from '#libs/events';
import { PARTNER_QUOTA, partnerPlan } from './partner.js';
import { partnerManifests, userAcls, type KafkaUserAcl } from './strimzi.js';

const rule = (operation: AclRule['operation'], name: string, rest: Partial<AclRule> = {}): AclRule => ({
  principal: 'cases',
  operation,
  resource: 'TOPIC',
  name,
  pattern: 'LITERAL',
  ...rest,
});

it('says what a user may of a topic or group once', () =>
  expect(
    userAcls([
      rule('READ', 'b'),
      rule('DESCRIBE', 'b'),
      rule('WRITE', 'b'),
      rule('DESCRIBE', 'b'),
      rule('READ', 'a.', { resource: 'GROUP', pattern: 'PREFIXED' }),
    ]),
  ).toEqual([
    { resource: { type: 'group', name: 'a.', patternType: 'prefix' }, operations: ['Read'] },
    { resource: { type: 'topic', name: 'b', patternType: 'literal' }, operations: ['Describe', 'Read', 'Write'] },
  ]));

it("makes a partner's topic and user as `partner add` does on a broker, and no password", () => {
  const [topic, user] = partnerManifests('acme', 'edr', PARTNER_QUOTA, 'kafka-one') as [
    Record<string, unknown>,
    object,
  ];
  expect(topic).toMatchObject({
    kind: 'KafkaTopic',
    metadata: { name: 'ingest.acme.edr', labels: { 'strimzi.io/cluster': 'kafka-one' } },
    spec: {
      partitions: 2,
      config: { 'compression.type': 'producer', 'retention.bytes': '50000000000', 'retention.ms': '259200000' },
    },
  });
  const acls: KafkaUserAcl[] = userAcls(partnerPlan('acme', 'edr', PARTNER_QUOTA).acls);
  expect(acls).toEqual([
    { resource: { type: 'topic', name: 'ingest.acme.edr', patternType: 'literal' }, operations: ['Describe', 'Write'] },
  ]);
  expect(user).toMatchObject({
    kind: 'KafkaUser',
    metadata: { name: 'partner.acme.edr' },
    spec: {
      authentication: { type: 'scram-sha-512' },
      authorization: { type: 'simple', acls },
      quotas: { producerByteRate: 64_000_000, requestPercentage: 200 },
    },
  });
  expect(JSON.stringify([topic, user])).not.toMatch(/password/);
});

it('makes its topic of receipts where they are wanted, which its user may read', () => {
  const manifests = partnerManifests('acme', 'edr', PARTNER_QUOTA, 'kafka-one', true);
  expect(manifests).toMatchObject([
    { kind: 'KafkaTopic', metadata: { name: 'ingest.acme.edr' } },
    {
      kind: 'KafkaTopic',
      metadata: { name: 'receipts.acme.edr' },
      spec: { partitions: 1, config: { 'retention.bytes': '1000000000' } },
    },
    {
      kind: 'KafkaUser',
      spec: {
        authorization: {
          acls: [
            { resource: { type: 'group', name: 'partner.acme.edr.', patternType: 'prefix' }, operations: ['Read'] },
            { resource: { name: 'ingest.acme.edr' }, operations: ['Describe', 'Write'] },
            { resource: { name: 'receipts.acme.edr' }, operations: ['Describe', 'Read'] },
          ],
        },
      },
    },
  ]);
});

it.each([
  ['../acme', 'edr'],
  ['acme', 'a.b'],
])('makes nothing for %s and %s', (tenant, source) =>
  expect(() => partnerManifests(tenant, source, PARTNER_QUOTA, 'vigie')).toThrow('is named with'),
);
