import type { JsonObject } from '../../json.js';
import { namedValues } from '../named-values.js';
import { ACTIVITIES, type DeviceLine } from './sentences.js';

const { web, detection, device } = ACTIVITIES;

/** What its lines are about, behind a time and a name where another wrote the header. */
const KIND =
  /^(?:(\d{10}\.\d{1,9}) )?(?:[\w.-]{1,64} )?(?:security_event )?(flows|urls|ids-alerts|ids_alerted|security_filtering_file_scanned|(?:\w{1,32}_)?firewall|ip_flow_start|ip_flow_end|airmarshal_events|events) /;
const SAYS: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  ['urls', web],
  ['ids-alerts', detection],
  ['ids_alerted', detection],
  ['security_filtering_file_scanned', detection],
  ['airmarshal_events', detection],
  ['events', device],
  ['ip_flow_start', { action: 'open' }],
  ['ip_flow_end', { action: 'close' }],
]);
const VERDICT = /(?:^| )(?:pattern: )?(allow|deny|block) /;
const REQUEST = / request: ([A-Z]{3,10}) (\S{1,1900})/;

/** What was asked for, and by what, is a stranger's: no verdict is looked for behind it. */
const asked = (rest: string): JsonObject => {
  const [, method = 'UNKNOWN', url] = REQUEST.exec(rest) ?? [];
  return { ...(method === 'UNKNOWN' ? {} : { method }), ...(url === undefined ? {} : { url }) };
};

const decided = (rest: string): JsonObject => {
  const [before, pattern = ''] = [rest.slice(0, rest.indexOf('=')), / pattern: .{0,64}$/.exec(rest)?.[0]];
  const action = VERDICT.exec(` ${before}`)?.[1] ?? VERDICT.exec(pattern)?.[1];
  return action === undefined ? {} : { action };
};

/** Meraki's lines of names and values, whose first words say what they are about. */
export const meraki = ({ line, from }: DeviceLine): JsonObject | undefined => {
  const text = line.slice(from);
  const [whole = '', at, kind = ''] = KIND.exec(text.slice(0, 256)) ?? [];
  const rest = text.slice(whole.length);
  const values = whole === '' ? undefined : namedValues(rest);
  if (!values) return undefined;
  return {
    ...values,
    ...(at === undefined ? {} : { 'derived.time': at }),
    ...(kind === 'urls' ? asked(rest) : decided(rest)),
    ...SAYS.get(kind),
  };
};
