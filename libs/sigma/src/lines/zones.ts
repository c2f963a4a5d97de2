/**
 * Minutes east of Greenwich, by abbreviation. Of those that mean several zones, CST is America's and BST, IST are not
 * known.
 */
const ABBREVIATIONS: Record<string, number> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  SGT: 480,
  HKT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
};

/** What Windows calls a zone, without `Standard Time`; its `Daylight Time` or `Summer Time` is an hour more. */
const WINDOWS: Record<string, number> = {
  'Coordinated Universal Time': 0,
  GMT: 0,
  Greenwich: 0,
  'W. Europe': 60,
  'Central Europe': 60,
  'Central European': 60,
  Romance: 60,
  'E. Europe': 120,
  FLE: 120,
  GTB: 120,
  Israel: 120,
  Egypt: 120,
  'South Africa': 120,
  Turkey: 180,
  Russian: 180,
  Arab: 180,
  Arabic: 180,
  Arabian: 240,
  Pakistan: 300,
  India: 330,
  'SE Asia': 420,
  China: 480,
  Singapore: 480,
  Taipei: 480,
  'W. Australia': 480,
  Tokyo: 540,
  Korea: 540,
  'AUS Eastern': 600,
  'E. Australia': 600,
  'New Zealand': 720,
  Newfoundland: -210,
  Atlantic: -240,
  'E. South America': -180,
  'SA Pacific': -300,
  Eastern: -300,
  'US Eastern': -300,
  Central: -360,
  Mountain: -420,
  'US Mountain': -420,
  Pacific: -480,
  Alaskan: -540,
  Hawaiian: -600,
};

/** Names of zones without a number in them, as a part of a regular expression. */
export const ZONE_NAMES = Object.keys(ABBREVIATIONS)
  .filter((name) => name.length > 2)
  .join('|');

const tables = { abbreviations: new Map(Object.entries(ABBREVIATIONS)), windows: new Map(Object.entries(WINDOWS)) };

const COUNTED = /^(?:UTC|GMT)?\(?([+-])(\d\d?)(?::?(\d\d))?\)?$/i;

/** A zone as ISO 8601 writes it: of its offset, abbreviation or name in Windows. Empty for none; undefined: unknown. */
export const zoneOf = (text: string): string | undefined => {
  if (text === '') return '';
  const [, sign, hours = '', minutes = '00'] = COUNTED.exec(text) ?? [];
  if (sign !== undefined) return `${sign}${hours.padStart(2, '0')}:${minutes}`;
  const known = tables.abbreviations.get(text.toUpperCase()) ?? ofWindows(text);
  return known === undefined ? undefined : offsetOf(known);
};

const ofWindows = (text: string): number | undefined => {
  const [, name = text, season] = /^(.*) (Standard|Daylight|Summer) Time$/i.exec(text) ?? [];
  const winter = tables.windows.get(name);
  return winter === undefined ? undefined : winter + (/^(?:daylight|summer)$/i.test(season ?? '') ? 60 : 0);
};

const offsetOf = (minutes: number): string => {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
};
