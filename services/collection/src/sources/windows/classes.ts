import { baseEvent, type OcsfClass } from '../ocsf.js';
import { CHANNEL_CLASSES } from './class-tables.js';
import { first, type WindowsFields } from './fields.js';

/**
 * OCSF class of a Windows event by channel and event id, and by what kind of object it is about where the id leaves
 * that open; the base event when there is none.
 */
export const classOf = (channel: string, eventId: number | undefined, fields: WindowsFields): OcsfClass => {
  const found = eventId === undefined ? undefined : channelTable(channel.toLowerCase())?.get(eventId);
  return found === undefined ? baseEvent : (byObject(found, fields) ?? byRegistry(found, fields) ?? found);
};

/** Tables by what a channel's or provider's name holds. */
const BY_PART: [part: string, table: string][] = [
  ['sysmon', 'sysmon'],
  ['security-auditing', 'security'],
  ['taskscheduler', 'taskscheduler'],
  ['wmi-activity', 'wmi'],
  ['windows defender', 'defender'],
  ['windows firewall', 'firewall'],
  ['terminalservices', 'terminal-services'],
  ['remotedesktopservices', 'terminal-services'],
  ['bits-client', 'bits'],
  ['applocker', 'applocker'],
  ['codeintegrity', 'code-integrity'],
  ['service control manager', 'system'],
  ['dns-client', 'dns'],
  ['dns client', 'dns'],
  ['dns-server', 'dns-server'],
  ['dns server', 'dns-server'],
  ['smbclient', 'smb'],
  ['smbserver', 'smb'],
  ['winrm', 'winrm'],
  ['ntlm', 'ntlm'],
  ['printservice', 'print'],
  ['openssh', 'openssh'],
  ['driverframeworks', 'devices'],
  ['powershell', 'powershell'],
];

const channelTable = (channel: string): ReadonlyMap<number, OcsfClass> | undefined => {
  const whole = CHANNEL_CLASSES.get(channel);
  if (whole) return whole;
  const part = BY_PART.find(([text]) => channel.includes(text))?.[1];
  return part === undefined ? undefined : CHANNEL_CLASSES.get(part);
};

const [RESOURCE, KEY, VALUE] = [201003, 201001, 201002];
const OTHER = 99;

/** Access to an object (4656, 4663, …): a file's, a key's and a process's have classes of their own. */
const byObject = ({ classUid }: OcsfClass, fields: WindowsFields): OcsfClass | undefined => {
  if (classUid !== RESOURCE) return undefined;
  switch (first(fields, 'ObjectType')?.toLowerCase()) {
    case 'file':
      return { classUid: 1001, activityId: OTHER };
    case 'key':
      return { classUid: KEY, activityId: OTHER };
    case 'process':
      return { classUid: 1007, activityId: 3 };
    default:
      return undefined;
  }
};

/** Sysmon's additions and deletions: of a key or of a value, as its EventType says. */
const byRegistry = ({ classUid, activityId }: OcsfClass, fields: WindowsFields): OcsfClass | undefined => {
  if (classUid !== KEY || activityId !== OTHER) return undefined;
  switch (first(fields, 'EventType')?.toLowerCase()) {
    case 'createkey':
      return { classUid: KEY, activityId: 1 };
    case 'deletekey':
      return { classUid: KEY, activityId: 4 };
    case 'deletevalue':
      return { classUid: VALUE, activityId: 4 };
    default:
      return undefined;
  }
};
