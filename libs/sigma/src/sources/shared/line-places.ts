/** Where a log line lies as text in an event: as shippers, containers and the journal write it, GELF and Wazuh. */

const OF_GELF_AND_WAZUH = ['full_message', 'short_message', 'full_log'] as const;

/** Members that are a whole line where they are text, and the object some vendors put everything into. */
export const LINES: readonly string[] = ['message', '_raw', 'raw', 'event', 'MESSAGE', ...OF_GELF_AND_WAZUH];

/** Where the line of a program is looked for, the first that is there. */
export const LINES_OF_PROGRAMS: readonly string[] = [
  'message',
  'log',
  '_raw',
  'raw',
  'event.original',
  'MESSAGE',
  ...OF_GELF_AND_WAZUH,
];

/** What a syslog message says, as it came or behind its header. */
export const LINE_OF_SYSLOG: readonly string[] = [
  'message',
  'MESSAGE',
  'log.original',
  'event.original',
  'SyslogMessage',
  '_raw',
  'raw',
  'msg',
  'MSG',
  'rawmsg',
  'log',
  ...OF_GELF_AND_WAZUH,
];
