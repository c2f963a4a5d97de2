import { BROKER, type Ports } from './state.js';

export interface BrokerConfig { dataDir: string; ports: Ports; brokerPassword: string }

const scram = (username: string, password: string): string =>
  `org.apache.kafka.common.security.scram.ScramLoginModule required username="${username}" password="${password}";`;
const plain = (username: string, password: string): string =>
  `org.apache.kafka.common.security.plain.PlainLoginModule required username="${username}" password="${password}" user_${username}="${password}";`;

/**
 * The configuration of a single KRaft node on loopback: SCRAM on both listeners, ACLs on, nobody allowed by default.
 * The controller's listener cannot use SCRAM, whose records live behind it: PLAIN with the broker's own password.
 */
export function serverProperties({ dataDir, ports, brokerPassword }: BrokerConfig): string {
  const at = (listener: string, port: number): string => `${listener}://127.0.0.1:${port}`;
  const clients = [at('INTERNAL', ports.internal), at('PARTNER', ports.partner)];
  return properties({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    'listeners': [...clients, at('CONTROLLER', ports.controller)].join(','),
    'advertised.listeners': clients.join(','),
    'listener.security.protocol.map': 'INTERNAL:SASL_PLAINTEXT,PARTNER:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT',
    'inter.broker.listener.name': 'INTERNAL',
    'controller.listener.names': 'CONTROLLER',
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.controller.plain.sasl.jaas.config': plain(BROKER, brokerPassword),
    'listener.name.internal.scram-sha-512.sasl.jaas.config': scram(BROKER, brokerPassword),
    'listener.name.partner.scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'false',
    'super.users': `User:admin;User:${BROKER}`,
    'log.dirs': dataDir,
    ...singleNode,
  });
}

const singleNode: Record<string, string> = {
  'auto.create.topics.enable': 'false',
  // Recordings are years old: with their own times they would be deleted at once.
  'log.message.timestamp.type': 'LogAppendTime',
  // After kill -9 the broker is let in again only when its last life is held for dead: 9 s by default.
  'broker.heartbeat.interval.ms': '500',
  'broker.session.timeout.ms': '5000',
  'group.initial.rebalance.delay.ms': '0',
  'default.replication.factor': '1',
  'min.insync.replicas': '1',
  'offsets.topic.num.partitions': '4',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.num.partitions': '2',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'message.max.bytes': String(8 * 1024 * 1024),
  'replica.fetch.max.bytes': String(8 * 1024 * 1024),
};

/** A Java properties file; a backslash (a Windows path) is an escape there. */
export const properties = (entries: Record<string, string>): string =>
  Object.entries(entries).map(([key, value]) => `${key}=${value.replaceAll('\\', '\\\\')}\n`).join('');

/** An argument file for `java @file`: what stands there is not seen in the list of processes. */
export const argumentFile = (args: string[]): string =>
  args.map((arg) => `"${arg.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"\n`).join('');
