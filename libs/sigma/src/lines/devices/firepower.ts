import type { JsonObject } from '../../json.js';
import { ACTIVITIES, fieldsOf, heard, sentence, type DeviceLine } from './sentences.js';

const PAIR = /(?:^|[ \]])([A-Z][A-Za-z_]{1,31}(?: [A-Z][A-Za-z]{1,31}){0,3}): /g;
const MOST_PAIRS = 256;
const FEWEST = 3;
/** Values that whoever is on the other side chooses: what looks like a name behind them may be a part of one. */
const CHOSEN = /^(?:User ?Agent|URL|URI|Referenced ?Host|HTTP_?\w*|File ?Name|Archive ?FileName|DNS ?Query|Email\w*)$/i;

/** Names of the management center's own syslog, by those of the devices. */
const NAMES: Record<string, string> = {
  InitiatorIP: 'SrcIP',
  'Initiator IP': 'SrcIP',
  ResponderIP: 'DstIP',
  'Responder IP': 'DstIP',
  'Firewall Rule Action': 'AccessControlRuleAction',
  'Firewall Rule Name': 'AccessControlRuleName',
  InlineResult: 'AccessControlRuleAction',
  FileAction: 'AccessControlRuleAction',
};

/**
 * `Name: value, Name: value`, as Firepower writes connections, intrusions and files. Of a name that comes twice the
 * first counts; one that comes twice behind a value that a stranger chose counts not at all.
 */
export const firepower = (text: string): JsonObject | undefined => {
  const found = [...text.slice(0, 16_384).matchAll(PAIR)].slice(0, MOST_PAIRS).filter(
    // A pair begins the text, or stands behind the comma that ends the one before.
    ({ index }) => index === 0 || text[index - 1] === ',',
  );
  const counts = new Map<string, number>();
  for (const [, name = ''] of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  const fields: JsonObject = {};
  let isTold = true;
  found.forEach(({ 0: whole, 1: name = '', index }, place) => {
    const value = text
      .slice(index + whole.length, found[place + 1]?.index ?? text.length)
      .replace(/,\s*$/, '')
      .trim();
    const known = NAMES[name] ?? name;
    if (value !== '' && !Object.hasOwn(fields, known) && (isTold || counts.get(name) === 1)) fields[known] = value;
    if (CHOSEN.test(name)) isTold = false;
  });
  return Object.keys(fields).length >= FEWEST ? fields : undefined;
};

const IP = String.raw`[\da-f.:]{2,45}`;
/** An alert of Snort's: the sides stand at its end, behind what the sensor says. */
const ALERT = new RegExp(
  String.raw`\{(?<protocol>[\w-]{1,32})\} (?<src_ip>${IP}?)(?::(?<src_port>\d{1,5}))? -> (?<dst_ip>${IP}?)(?::(?<dst_port>\d{1,5}))?(?: |$)`,
  'i',
);
const RULE = sentence(
  String.raw`(?:\[[^\]]{0,256}\] ?){0,3}\[(?<signature_id>\d{1,10}:\d{1,10}:\d{1,10})\] "(?<signature>[^"]{1,256})"`,
);

/** What the management center of Firepower sends itself, tagged SFIMS. */
export const managementCenter = ({ line, from, app }: DeviceLine): JsonObject | undefined => {
  if (app !== 'SFIMS') return undefined;
  const text = line.slice(from, from + 4_096);
  const rule = heard([RULE], text);
  const sides = ALERT.exec(text)?.groups;
  if (sides) return { ...rule, ...fieldsOf(sides), ...ACTIVITIES.detection };
  return firepower(text.replace(/^(?:\[[^\]]{0,256}\]){0,3}:?\s*/, ''));
};
