/**
 * Tools that hand over values without names (Get-WinEvent's Properties, Fluent Bit's StringInserts) keep the order of
 * the event's manifest: its names are known for the events that rules speak of most.
 */
import type { Json } from '../../json.js';
import { DEFENDER, POWERSHELL, SYSTEM, TASK_SCHEDULER, WMI_ACTIVITY } from './manifests/others.js';
import type { Manifest } from './manifests/manifest.js';
import { SECURITY } from './manifests/security.js';
import { SYSMON } from './manifests/sysmon.js';

const SHORT: Readonly<Record<string, string>> = {
  $s: 'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId',
  $t: 'TargetUserSid TargetUserName TargetDomainName TargetLogonId',
  $a: 'TargetUserName TargetDomainName TargetSid',
};

/** Names by event id and number of values: no two versions of one event have as many. */
const byCount = (manifest: Manifest): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const [ids, text] of manifest) {
    let names: string[] = [];
    for (const part of text.replace(/\$[sta]\b/g, (short) => SHORT[short] ?? short).split(' | ')) {
      names = [...names, ...part.split(' ')];
      for (const id of ids) found.set(`${id} ${names.length}`, names);
    }
  }
  return found;
};

const MANIFESTS = new Map<string, Map<string, string[]>>(
  (
    [
      ['security', SECURITY],
      ['system', SYSTEM],
      ['microsoft-windows-sysmon/operational', SYSMON],
      ['microsoft-windows-powershell/operational', POWERSHELL],
      ['powershellcore/operational', POWERSHELL],
      ['microsoft-windows-taskscheduler/operational', TASK_SCHEDULER],
      ['microsoft-windows-wmi-activity/operational', WMI_ACTIVITY],
      ['microsoft-windows-windows defender/operational', DEFENDER],
    ] as const
  ).map(([channel, manifest]) => [channel, byCount(manifest)]),
);

/** The names of so many values of an event; undefined when its manifest is not known. */
export const namesOf = (
  system: Readonly<Record<string, Json | undefined>>,
  count: number,
): readonly string[] | undefined => {
  const { Channel: channel, EventID: id } = system;
  if (typeof channel !== 'string') return undefined;
  return MANIFESTS.get(channel.toLowerCase())?.get(`${String(id)} ${count}`);
};
