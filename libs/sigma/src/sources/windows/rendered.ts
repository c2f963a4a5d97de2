/**
 * Data of an event of which only the text is left that Windows writes for people, in English: Snare, and Splunk's
 * forwarder without XML. A value stands behind its label, in a section that gives it its meaning. What an event is
 * about may hold line breaks and labels of a stranger's choice: a label that comes twice in a section tells nothing.
 */
import type { JsonObject } from '../../json.js';
import { SECTIONS } from './rendered-labels.js';

const LONGEST = 32_768;

const BY_SECTION: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(SECTIONS).map(([section, labels]) => [
    section,
    new Map(labels.split('|').map((one) => one.split('=') as [string, string])),
  ]),
);
const escaped = (text: string): string => text.replace(/[()]/g, '\\$&');
const ALL = [...new Set([...BY_SECTION.keys(), ...[...BY_SECTION.values()].flatMap((one) => [...one.keys()])])]
  .filter((name) => name !== '')
  .sort((one, other) => other.length - one.length);
const LABEL = `(${ALL.map(escaped).join('|')}):`;
const OF_SYSMON = String.raw`([A-Z]\w{1,40}): `;

/** A label stands where a line begins; of a text without lines, behind what Snare makes of them: tabs, or blanks. */
const formsOf = (label: string): { lined: RegExp; flat: RegExp } => ({
  lined: new RegExp(String.raw`(?:^|\n)[ \t]*${label}`, 'g'),
  flat: new RegExp(String.raw`(?:^|\t| {2})${label}`, 'g'),
});
const [SECURITY, SYSMON] = [formsOf(LABEL), formsOf(OF_SYSMON)];

const labels = (text: string, { lined, flat }: typeof SYSMON): RegExpExecArray[] => [
  ...text.matchAll(text.includes('\n') ? lined : flat),
];
/** What Windows explains to people, behind all values. */
const EXPLAINED =
  /(?:\r?\n|\s{2})(?:Token Elevation Type indicates|This event is generated|The subject fields|The logon type field|Pre-authentication types|Certificate information is)/;

/** Of connections that the firewall lets through or not, the sides have names of their own. */
const IS_FLOW = /^51[5-6]\d$/;
const OF_FLOWS: Readonly<Record<string, string>> = { IpAddress: 'SourceAddress', IpPort: 'SourcePort' };

const valueOf = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim();

const put = (found: Map<string, string[]>, name: string, value: string): void => {
  const values = found.get(name);
  if (values) values.push(value);
  else found.set(name, [value]);
};

/** `Image: C:\…`, a line each: Sysmon's labels are its names. */
const sysmonData = (text: string): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  const all = labels(text, SYSMON);
  for (const [place, label] of all.entries()) {
    const [whole, name = ''] = label;
    const value = valueOf(text.slice(label.index + whole.length, all[place + 1]?.index));
    put(found, name, value);
  }
  return found;
};

interface FoundLabel {
  name: string;
  from: number;
  end: number;
}

/** A command line, which stands last, goes on whatever it holds. */
const LAST = 'Process Command Line';

/** The labels that mean something in the section they stand in; others are a part of a value. */
const labelled = (text: string): FoundLabel[] => {
  const found: FoundLabel[] = [];
  const all = labels(text, SECURITY);
  let section = '';
  for (const [place, { 0: whole, 1: name = '', index }] of all.entries()) {
    const end = index + whole.length;
    const isEmpty = text.slice(end, all[place + 1]?.index).trim() === '';
    const field = BY_SECTION.get(section)?.get(name);
    if (isEmpty && BY_SECTION.has(name)) section = name;
    else if (field === undefined) continue;
    found.push({ name: isEmpty && section === name ? '' : (field ?? ''), from: index, end });
    if (name === LAST) break;
  }
  return found;
};

const securityData = (id: string, text: string): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  const all = labelled(text);
  for (const [place, { name, end }] of all.entries()) {
    const known = IS_FLOW.test(id) ? (OF_FLOWS[name] ?? name) : name;
    put(found, known, valueOf(text.slice(end, all[place + 1]?.from)));
  }
  found.delete('');
  return found;
};

/** What the text of an event tells by the names of its data; `{}` where it is none that is known. */
export const renderedData = (channel: string, id: string, message: string): JsonObject => {
  const whole = message.slice(0, LONGEST);
  const end = whole.search(EXPLAINED);
  const text = end < 0 ? whole : whole.slice(0, end);
  const found = /sysmon/i.test(channel) ? sysmonData(text) : securityData(id, text);
  const data: JsonObject = {};
  for (const [name, [value = '', ...others]] of found) if (others.length === 0 && value !== '') data[name] = value;
  return data;
};
