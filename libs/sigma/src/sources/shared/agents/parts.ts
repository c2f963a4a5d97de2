/** What the readers of agents' records share. */
import type { JsonObject } from '../../../json.js';
import { textAt } from '../derived.js';

/** `DOMAIN\user`, as Windows and rules about it write an account. */
export const accountOf = (domain: string | undefined, user: string | undefined): string | undefined =>
  user === undefined || domain === undefined || user.includes('\\') ? user : `${domain}\\${user}`;

/** The path of a file whose folder may, or may not, end with its name. */
export const pathOf = (folder: string | undefined, name: string | undefined): string | undefined => {
  if (folder === undefined || name === undefined) return folder ?? name;
  if (folder.toLowerCase().endsWith(name.toLowerCase())) return folder;
  const mark = folder.includes('/') ? '/' : '\\';
  return folder.endsWith(mark) ? `${folder}${name}` : `${folder}${mark}${name}`;
};

const HIVES: readonly (readonly [string, string])[] = [
  ['HKEY_LOCAL_MACHINE', 'HKLM'],
  ['HKEY_USERS', 'HKU'],
  ['HKEY_CURRENT_USER', 'HKCU'],
  ['HKEY_CLASSES_ROOT', 'HKCR'],
  [String.raw`\REGISTRY\MACHINE`, 'HKLM'],
  [String.raw`\REGISTRY\USER`, 'HKU'],
  ['MACHINE', 'HKLM'],
];

/** A key of the registry, and a value of it, as Sysmon writes them. */
export const registryOf = (key: string | undefined, value?: string): string | undefined => {
  if (key === undefined) return undefined;
  const hive = HIVES.find(([name]) => key.toUpperCase().startsWith(`${name}\\`));
  const short = hive ? `${hive[1]}${key.slice(hive[0].length)}` : key;
  return value === undefined || value === '' ? short : `${short}\\${value}`;
};

/** The two sides of a connection as Sysmon has them: the source is who began it. */
export const sidesOf = (
  local: readonly [ip: string | undefined, port: string | undefined],
  remote: readonly [ip: string | undefined, port: string | undefined],
  isOutgoing: boolean,
): Record<'SourceIp' | 'SourcePort' | 'DestinationIp' | 'DestinationPort' | 'Initiated', string | undefined> => {
  const [from, to] = isOutgoing ? [local, remote] : [remote, local];
  return {
    SourceIp: from[0],
    SourcePort: from[1],
    DestinationIp: to[0],
    DestinationPort: to[1],
    Initiated: String(isOutgoing),
  };
};

/** Texts of one record by the names of its members; the first that is there. */
export type AgentSays = (...names: string[]) => string | undefined;

export const reading =
  (record: JsonObject): AgentSays =>
  (...names) =>
    textAt(record, ...names);

/** Written where a sensor did not reckon it. */
export const withoutZeros = (hash: string | undefined): string | undefined =>
  hash === undefined || /^0+$/.test(hash) ? undefined : hash;
