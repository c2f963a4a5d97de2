import { httpClass } from '../http-requests.js';
import { baseEvent, type OcsfClass } from '../ocsf.js';
import type { TaxonomyView } from '../taxonomy.js';
import { trafficClass } from '../traffic.js';
import { VENDORS, type Activity } from './vendors.js';

const CLASSES: Readonly<Record<Exclude<Activity, 'web'>, OcsfClass>> = {
  logon: { classUid: 3002, activityId: 1 },
  'logon-failed': { classUid: 3002, activityId: 1 },
  logoff: { classUid: 3002, activityId: 2 },
  config: { classUid: 6003, activityId: 3 },
  detection: { classUid: 2004, activityId: 1 },
  translation: { classUid: 4001, activityId: 99 },
  // Understood, of no class: links that go up, statistics, phases of a tunnel.
  device: { ...baseEvent, activityId: 99 },
};

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  logid: ['logid', 'FTNTFGTlogid', 'log_id'],
  type: ['type', 'FTNTFGTtype'],
  subtype: ['subtype', 'FTNTFGTsubtype'],
  action: ['action', 'FTNTFGTaction'],
  status: ['status', 'FTNTFGTstatus', 'outcome'],
  user: ['user', 'suser', 'duser'],
};

const said = (seen: TaxonomyView): string | undefined => seen.text('derived.activity');

const isActivity = (text: string | undefined): text is Activity =>
  text === 'web' || (text !== undefined && Object.hasOwn(CLASSES, text));

/** What an event is about, by what its line says or by its vendor's fields; undefined for traffic. */
export const activityOf = (seen: TaxonomyView): Activity | undefined => {
  const told = said(seen);
  if (isActivity(told)) return told;
  const texts = new Map<string, string>();
  const text = (field: string): string => {
    const known = texts.get(field) ?? seen.texts(field)[0] ?? seen.text(...(ALIASES[field] ?? [field])) ?? '';
    texts.set(field, known);
    return known;
  };
  return VENDORS.find(([, when]) => Object.entries(when).every(([field, form]) => form.test(text(field))))?.[0];
};

/** @param isSided whether it tells a side of traffic. */
export const classOf = (
  activity: Activity | undefined,
  { action, method, isSided }: { action: string; method: string | undefined; isSided: boolean },
): OcsfClass => {
  if (activity === 'web') return httpClass(method);
  if (activity !== undefined) return CLASSES[activity];
  return isSided ? trafficClass(action) : baseEvent;
};
