import type { JsonObject } from '../json.js';

/**
 * Fields of a log line as network devices write them: CEF, `name=value`, Palo Alto's and pfSense's lists, Cisco's
 * sentences, BIND's queries.
 * Undefined for any other text.
 */
export const fieldsOfText = (text: string): JsonObject | undefined => {
  const line = text.slice(0, LONGEST);
  return READERS.map((read) => read(line)).find((fields) => fields !== undefined);
};

const LONGEST = 16_384;
const CEF =
  /CEF:\d+\|((?:[^|\\]|\\.)*)\|((?:[^|\\]|\\.)*)\|(?:[^|\\]|\\.)*\|((?:[^|\\]|\\.)*)\|((?:[^|\\]|\\.)*)\|([^|]*)\|(.*)$/s;
const NAME = /(?:^|[\s,;|>])([A-Za-z_][A-Za-z0-9_.\-[\]]{0,63})=/g;
const FEWEST_PAIRS = 3;

const cef = (line: string): JsonObject | undefined => {
  const [whole, deviceVendor = '', deviceProduct = '', signatureId = '', name = '', severity = '', extension = ''] =
    CEF.exec(line) ?? [];
  return whole === undefined
    ? undefined
    : { deviceVendor, deviceProduct, signatureId, name, severity, ...valuesIn(extension, true) };
};

/** Values end where the next name begins; quotes around them are taken away. */
const valuesIn = (text: string, isEscaped: boolean): JsonObject => {
  const fields: JsonObject = {};
  const names = namesIn(text);
  names.forEach((found, place) => {
    const raw = text.slice(found.index + found[0].length, names[place + 1]?.index ?? text.length).trim();
    const value = /^"(.*?)"[,;]?$/s.exec(raw)?.[1] ?? raw;
    if (value !== '') fields[found[1] ?? ''] = isEscaped ? value.replace(/\\([=|\\])/g, '$1') : value;
  });
  return fields;
};

/**
 * Where names stand. Inside a quoted value, what looks like a name is none: an odd number of quotes stands before it.
 */
const namesIn = (text: string): RegExpExecArray[] => {
  let quotes = 0;
  let at = 0;
  return [...text.matchAll(NAME)].filter(({ index }) => {
    for (; at < index; at++) if (text[at] === '"' && text[at - 1] !== '\\') quotes++;
    return quotes % 2 === 0;
  });
};

const pairs = (line: string): JsonObject | undefined => {
  const fields = line.includes('=') ? valuesIn(line, false) : {};
  return Object.keys(fields).length >= FEWEST_PAIRS ? fields : undefined;
};

const named = (names: readonly string[], values: readonly (string | undefined)[]): JsonObject => {
  const fields: JsonObject = {};
  names.forEach((name, place) => {
    const value = values[place];
    if (name !== '' && value !== undefined && value !== '') fields[name] = value;
  });
  return fields;
};

const paloAlto = (line: string): JsonObject | undefined => {
  const values = /,(TRAFFIC|THREAT),/.test(line) ? line.split(',') : [];
  const start = values.findIndex((value) => value === 'TRAFFIC' || value === 'THREAT');
  if (start < 0 || values.length < start + 28) return undefined;
  return {
    type: values[start] ?? '',
    ...named(
      ['subtype', '', 'generated_time', 'src_ip', 'dst_ip', '', '', 'rule', 'username', '', 'app'],
      values.slice(start + 1),
    ),
    ...named(['src_port', 'dst_port', '', '', '', 'protocol', 'action'], values.slice(start + 21)),
  };
};

const pfSense = (line: string): JsonObject | undefined => {
  const text = /\bfilterlog(?:\[\d+\])?: (.*)$/s.exec(line)?.[1];
  if (text === undefined) return undefined;
  const values = text.split(',');
  if (values.length < 9) return undefined;
  const [version, at] = [values[8], values[8] === '6' ? 15 : 18];
  return {
    ...named(['interface', 'reason', 'action', 'direction'], values.slice(4)),
    ...named(['protocol'], [values[version === '6' ? 12 : 16]]),
    ...named(['src_ip', 'dst_ip', 'src_port', 'dst_port'], values.slice(at)),
  };
};

const ASA_BUILT =
  /%(?:ASA|FTD)-\d-\d+: (Built|Teardown) (?:inbound |outbound )?(\w+) connection \S+ for \S+?:([\da-f.:]+)\/(\d+).*? to \S+?:([\da-f.:]+)\/(\d+)/i;
const ASA_DENIED =
  /%(?:ASA|FTD)-\d-\d+: (Deny|\w+ access denied by ACL)\b.*?(?:from |src \S+?:)([\da-f.:]+)\/(\d+).*?(?:to |dst )\S+?:([\da-f.:]+)\/(\d+)/i;

const FTD_PAIR = /(?<![A-Za-z])([A-Za-z]+): ([^,]*)(?:, |$)/g;

/** Their sentences are short; looking for them in long texts would be slow. */
const LONGEST_SENTENCE = 1_024;

const cisco = (whole: string): JsonObject | undefined => {
  const line = whole.slice(0, LONGEST_SENTENCE);
  const listed = /%FTD-\d-43\d{4}: (.*)$/s.exec(line)?.[1];
  if (listed !== undefined)
    return Object.fromEntries([...listed.matchAll(FTD_PAIR)].map(([, name = '', value = '']) => [name, value]));
  const [built, action = '', protocol = '', a = '', aPort = '', b = '', bPort = ''] = ASA_BUILT.exec(line) ?? [];
  if (built !== undefined) {
    const isOut = built.includes('outbound');
    return named(
      ['action', 'protocol', 'src_ip', 'src_port', 'dst_ip', 'dst_port'],
      [action.toLowerCase(), protocol.toLowerCase(), ...(isOut ? [b, bPort, a, aPort] : [a, aPort, b, bPort])],
    );
  }
  const denied = ASA_DENIED.exec(line);
  return denied
    ? named(['', 'src_ip', 'src_port', 'dst_ip', 'dst_port', 'action'], [...denied.slice(1), 'deny'])
    : undefined;
};

const BIND = /client (?:@\S+ )?([\da-f.:]+)#(\d+) \(([^)]*)\):(?: view \S+:)? query: (\S+) IN (\S+)/i;

const bind = (line: string): JsonObject | undefined => {
  const found = BIND.exec(line);
  return found ? named(['src_ip', 'src_port', '', 'query', 'record_type'], found.slice(1)) : undefined;
};

const READERS = [cef, paloAlto, pfSense, cisco, bind, pairs];
