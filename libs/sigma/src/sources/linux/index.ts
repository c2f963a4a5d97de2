import type { Logsource, MappedSource, SourceMapping, When } from '../source.js';
import { ENDPOINT } from '../shared/endpoint.js';
import { plain } from '../shared/plain.js';

const entry = (when: When, names: Omit<Logsource, 'product'>): { when: When; logsource: Logsource } => ({
  when,
  logsource: { product: 'linux', ...names },
});

const CATEGORIES = [
  'process_creation',
  'process_termination',
  'process_access',
  'process_tampering',
  'raw_access_thread',
  'file_event',
  'file_delete',
  'network_connection',
];
const SERVICES = ['auditd', 'auth', 'clamav', 'cron', 'guacamole', 'sshd', 'sudo', 'syslog', 'sysmon', 'vsftpd'];

/**
 * Records of auditd in every form, Sysmon for Linux, agents in ECS, and log lines, whose service is the program's;
 * `derive/linux.ts` tells them apart.
 */
const mapping: SourceMapping = {
  ...plain,
  derives: 'linux',
  containers: ['Event.EventData', 'Event.System', 'EventData', 'winlog.event_data'],
  selectors: ['derived.category', 'derived.service'],
  logsources: [
    ...CATEGORIES.map((category) => entry({ 'derived.category': [category] }, { category })),
    ...SERVICES.map((service) => entry({ 'derived.service': [service] }, { service })),
    entry({ 'derived.service': ['sshd', 'sudo'] }, { service: 'auth' }),
    entry(
      { 'derived.service': ['auth', 'clamav', 'cron', 'guacamole', 'sshd', 'sudo', 'vsftpd'] },
      { service: 'syslog' },
    ),
    entry({}, {}),
  ],
  aliases: ENDPOINT,
  entity: ['Computer'],
};

export const linux: MappedSource = { rules: [{ product: 'linux' }], mapping };
