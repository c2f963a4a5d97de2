import type { Command } from 'commander';

/** A command as the help lists it. What it needs is loaded when it is called, and not before. */
export interface ListedCommand {
  /** Its name, then its arguments as commander writes them. */
  usage: string;
  description: string;
  /** @returns what gives the command its options, its subcommands and its action. */
  load(): Promise<(command: Command) => void>;
}

/** Every command, in the order of the help. */
export const commands: readonly ListedCommand[] = [
  {
    usage: 'demo',
    description:
      'the whole story on this machine: three customers, their telemetry, cases, responses and weekly reports',
    load: async () => (await import('./demo.js')).defineDemo,
  },
  {
    usage: 'up',
    description: 'bring up broker, store and all services in the background',
    load: async () => (await import('./up.js')).defineUp,
  },
  {
    usage: 'down',
    description: 'end what `up` started; data stays',
    load: async () => (await import('./down.js')).defineDown,
  },
  { usage: 'tenant', description: 'customers', load: async () => (await import('./tenant.js')).defineTenant },
  {
    usage: 'partner',
    description: 'tools that publish telemetry',
    load: async () => (await import('./partner.js')).definePartner,
  },
  {
    usage: 'pull',
    description: "telemetry that is pulled from vendors' APIs",
    load: async () => (await import('./pull.js')).definePull,
  },
  {
    usage: 'secret',
    description:
      'credentials of response connectors and of what is pulled, each kept for one tenant and the addresses it may be sent to',
    load: async () => (await import('./secret.js')).defineSecret,
  },
  {
    usage: 'token',
    description: 'sign a development token and give its subject the grant it needs',
    load: async () => (await import('./token.js')).defineToken,
  },
  { usage: 'rules', description: 'detections', load: async () => (await import('./rules.js')).defineRules },
  {
    usage: 'replay <files...>',
    description:
      'send recordings (JSON lines; plain, .gz or .zip) through Kafka as a partner would, and wait for the receipt',
    load: async () => (await import('./replay.js')).defineReplay,
  },
  {
    usage: 'normalize <file>',
    description:
      'what the service makes of the bytes of a file (- is standard input): a line an event and one a dead letter, with no installation',
    load: async () => (await import('./normalize.js')).defineNormalize,
  },
  { usage: 'case', description: 'cases', load: async () => (await import('./case.js')).defineCase },
  {
    usage: 'call',
    description: 'calls to customers that wait for somebody, and what came of them',
    load: async () => (await import('./call.js')).defineCall,
  },
  {
    usage: 'advice',
    description: 'what customers are recommended, and what became of it',
    load: async () => (await import('./advice.js')).defineAdvice,
  },
  {
    usage: 'posture',
    description: 'what of configuration and coverage is not as it should be',
    load: async () => (await import('./posture.js')).definePosture,
  },
  {
    usage: 'report',
    description: 'what customers are told',
    load: async () => (await import('./report.js')).defineReport,
  },
  {
    usage: 'topics',
    description: 'every topic: how many messages, who says and who hears it',
    load: async () => (await import('./topics.js')).defineTopics,
  },
  {
    usage: 'dead-letters',
    description: 'what could not be read',
    load: async () => (await import('./dead-letters.js')).defineDeadLetters,
  },
  {
    usage: 'parked',
    description: 'what of one tenant waits for somebody, while everything else goes on',
    load: async () => (await import('./parked.js')).defineParked,
  },
  {
    usage: 'views',
    description: 'what the services show',
    load: async () => (await import('./views.js')).defineViews,
  },
  {
    usage: 'archive',
    description: 'commits that services have archived',
    load: async () => (await import('./archive.js')).defineArchive,
  },
  {
    usage: 'chain',
    description: 'the proof that nothing kept was changed, taken out or put back',
    load: async () => (await import('./chain.js')).defineChain,
  },
  {
    usage: 'backup',
    description: 'save what the services remember, and the lake, while they run',
    load: async () => (await import('./backup.js')).defineBackup,
  },
  {
    usage: 'restore',
    description: 'fill an empty store, a new Kafka and an empty lake with a backup, before services start',
    load: async () => (await import('./restore.js')).defineRestore,
  },
  {
    usage: 'contracts',
    description: 'what services and partners share',
    load: async () => (await import('./contracts.js')).defineContracts,
  },
  {
    usage: 'topology',
    description:
      'write docs/topology.md (who says and hears each topic, who asks what), the tables of the services’ READMEs, the catalogue of the chart, and what the key of each service may sign',
    load: async () => (await import('./topology.js')).defineTopology,
  },
  { usage: 'stack', description: 'broker and store', load: async () => (await import('./stack.js')).defineStack },
  {
    usage: 'provision',
    description:
      'create every topic and right of an installation; and the users of the services, where KAFKA_PASSWORD_<SERVICE> is set; of the broker that KAFKA_BROKERS, MONGO_URL, KAFKA_ADMIN_USERNAME, KAFKA_ADMIN_PASSWORD name, else of what runs here',
    load: async () => (await import('./provision.js')).defineProvision,
  },
  {
    usage: 'detect',
    description:
      'run Sigma rules and correlations over a file of JSON lines (plain, .gz or .zip): one line a match, then a summary',
    load: async () => (await import('./detect.js')).defineDetect,
  },
];
