import { INSTALLATIONS, refusal } from './helm.js';
import { whereHelmIs } from './where-helm-is.js';

const LISTENER = { port: 5514, transport: 'udp', tenant: 'acme', source: 'firewall', from: ['198.51.100.0/24'] };
const CLIENT = { name: 'fw1.acme.example', tenant: 'acme', source: 'firewall' };
const BY_CLIENT = { transport: 'tls', tenant: undefined, source: undefined, clients: [CLIENT] };
const listeners = (...changes: object[]): string[] => [
  '--set-json',
  `syslog.listeners=${JSON.stringify(changes.map((one) => ({ ...LISTENER, ...one })))}`,
];
const set = (text: string): string[] => ['--set', text];
const json = (text: string): string[] => ['--set-json', text];
const SMALL = INSTALLATIONS.small ?? [];

whereHelmIs('values that no installation could run with', () => {
  it.each<[string, string[], RegExp]>([
    ['response without its secrets', set('services.response.secretsFile='), /services\/response\/secretsFile/],
    ['secrets of a service that reads none', set('services.cases.secretsFile=x'), /services\/cases\/secretsFile/],
    ['secrets of every service', set('defaults.secretsFile=x'), /defaults\/secretsFile/],
    ['a service that there is not', set('services.gatway.replicas=5'), /gatway/],
    ['a field that there is not', set('services.gateway.replica=5'), /replica/],
    ['more replicas than the most', set('defaults.replicas=7'), /7 replicas are more than its maxReplicas, 6/],
    ['more replicas than small has', [...SMALL, ...set('defaults.replicas=3')], /3 replicas are more than .*, 2/],
    ['an ingress without hosts', set('ingress.enabled=true'), /ingress\/gatewayHost/],
    ['a host that is none', set('ingress.enabled=true,ingress.gatewayHost=https://mdr.example'), /gatewayHost/],
    ['an update that exchanges nobody', set('updateStrategy.maxSurge=0'), /no replica is ever exchanged/],
    ['an update by shares of nothing', set('updateStrategy.maxSurge=0%'), /no replica is ever exchanged/],
    ['a share of more than all', set('podDisruptionBudget.maxUnavailable=110%'), /podDisruptionBudget/],
    ['a network beyond its bits', listeners({ from: ['10.0.0.0/99'] }), /from\/0/],
    ['a network beyond its numbers', listeners({ from: ['10.0.0.256/8'] }), /from\/0/],
    ['a network of IPv6 beyond its bits', listeners({ from: ['2001:db8::/129'] }), /from\/0/],
    ['a host for a network', listeners({ from: ['10.0.0.1'] }), /from\/0/],
    ['nobody who may send', listeners({ from: [] }), /listeners\/0\/from/],
    ['a tenant that none can be called', listeners({ tenant: 'A B' }), /listeners\/0\/tenant/],
    ['a source that none can be called', listeners({ source: 'fire wall' }), /listeners\/0\/source/],
    ['the port of the figures', listeners({ port: 9464 }), /listeners\/0\/port/],
    ['two listeners at one port', listeners({}, { tenant: 'globex' }), /two at udp 5514/],
    [
      'two listeners of TCP at one port',
      [...listeners({ transport: 'tcp' }, { transport: 'tls' }), ...set('syslog.tlsSecret=x')],
      /two at tcp 5514/,
    ],
    [
      'a listener with TLS and no certificate',
      listeners({ transport: 'tls' }),
      /syslog.tlsSecret: a listener with tls/,
    ],
    ['a listener of nobody', listeners({ tenant: undefined }), /listeners\/0/],
    [
      'clients by TCP',
      listeners({ transport: 'tcp', tenant: undefined, source: undefined, clients: [CLIENT] }),
      /listeners\/0/,
    ],
    [
      'a client by name that nobody vouches for',
      [...listeners(BY_CLIENT), ...set('syslog.tlsSecret=x')],
      /syslog.clientCa: a client that is known by name/,
    ],
    [
      'an issuer of such a tenant',
      json('identity.tokenIssuers=[{"issuer":"i","side":"CUSTOMER","tenant":"A B","jwks":{"keys":[]}}]'),
      /tenant/,
    ],
    ['a volume that hides ours', json('defaults.extraVolumes=[{"name":"tmp","emptyDir":{}}]'), /extraVolumes\/0\/name/],
    ['a volume of nothing', json('defaults.extraVolumes=[{"name":"ca"}]'), /extraVolumes\/0/],
    [
      'a restore beside services',
      set('backup.enabled=true,backup.restore=2026-11-29T03-17'),
      /before any service starts/,
    ],
    ['a restore of backups that are nowhere', set('stopped=true,backup.restore=2026-11-29T03-17'), /needs backup/],
    ['a number of partitions of its own', set('services.detection.env.MATCH_PARTITIONS=3'), /it is kafka.partitions/],
    ['a restore out of the folder', set('stopped=true,backup.enabled=true,backup.restore=../x'), /backup\/restore/],
    [
      'a backup of a lake that one pod has',
      set('backup.enabled=true,lake.accessMode=ReadWriteOncePod'),
      /backup\.enabled/,
    ],
    ['brokers without a port', set('kafka.brokers=kafka.example'), /kafka\/brokers/],
  ])('%s', (_name, flags, sentence) => expect(refusal(flags)).toMatch(sentence));
});

whereHelmIs('values that some installation runs with', () => {
  it.each<[string, string[]]>([
    ['a listener for the whole of IPv6', listeners({ from: ['::/0'] })],
    ['one port by both transports', listeners({}, { transport: 'tcp' })],
    ['senders with certificates', [...listeners(BY_CLIENT), ...set('syslog.tlsSecret=x,syslog.clientCa=true')]],
    ['a share that may lack', set('updateStrategy.maxSurge=0,updateStrategy.maxUnavailable=25%')],
    ['one host alone', set('ingress.enabled=true,ingress.ingestHost=ingest.example')],
    ['no volumes at all', set('defaults.extraVolumes=null')],
    ['oncall without webhooks', set('services.oncall.secretsFile=')],
    ['as many replicas as the most', set('defaults.replicas=6')],
    [
      'more replicas than the most, where nothing scales',
      set('defaults.replicas=7,keda.enabled=false,autoscaling.enabled=false'),
    ],
  ])('%s', (_name, flags) => expect(refusal(flags)).toBeUndefined());
});
