import type { JsonObject } from '../json.js';

const named = (names: readonly string[], values: readonly (string | undefined)[]): JsonObject => {
  const fields: JsonObject = {};
  names.forEach((name, place) => {
    const value = values[place];
    if (name !== '' && value !== undefined && value !== '') fields[name] = value;
  });
  return fields;
};

const PALO_ALTO = /,(TRAFFIC|THREAT|DECRYPTION|USERID|GLOBALPROTECT),/;
const MOST_VALUES = 256;

/** Values between commas; those with commas or quotes of their own stand in quotes. */
const listed = (text: string): string[] => {
  const values: string[] = [];
  for (let at = 0; at <= text.length && values.length < MOST_VALUES; ) {
    const quoted = text[at] === '"' ? /^"((?:[^"]|"")*)"(?=,|$)/.exec(text.slice(at))?.[1] : undefined;
    const comma = text.indexOf(',', quoted === undefined ? at : at + quoted.length + 2);
    const end = comma < 0 ? text.length : comma;
    values.push(quoted?.replaceAll('""', '"') ?? text.slice(at, end));
    at = end + 1;
  }
  return values;
};

/** Palo Alto's lists: traffic, threats, decryption, who has which address and who comes in from where. */
export const paloAlto = (line: string, plainTo: number): JsonObject | undefined => {
  const found = PALO_ALTO.exec(line);
  const type = found && found.index < plainTo ? (found[1] ?? '') : '';
  const values = type === '' ? [] : listed(line);
  const start = values.indexOf(type);
  const said = values.slice(start + 1);
  if (start !== 3 || said.length < (type === 'USERID' || type === 'GLOBALPROTECT' ? 14 : 27)) return undefined;
  if (type === 'USERID') return { type, ...named(['subtype', '', 'generated_time', '', 'src_ip', 'username'], said) };
  if (type === 'GLOBALPROTECT')
    return {
      type,
      ...named(['', '', 'generated_time', '', 'subtype', '', '', '', 'username', '', 'machinename', 'src_ip'], said),
    };
  return {
    type,
    ...named(['subtype', '', 'generated_time', 'src_ip', 'dst_ip', '', '', 'rule', 'username', '', 'app'], said),
    ...named(['src_port', 'dst_port', '', '', '', 'protocol', 'action'], said.slice(20)),
  };
};

/** Behind a tag, or behind RFC 5424's header, which names the program before. */
const FILTER = /\bfilterlog(?:\[\d+\])?: (.*)$|\bfilterlog \S{1,64} \S{1,64} (?:- )?(\d{1,9},.*)$/s;

export const pfSense = (line: string, plainTo: number): JsonObject | undefined => {
  const found = FILTER.exec(line);
  const text = found?.[1] ?? found?.[2];
  if (!found || text === undefined || found.index >= plainTo) return undefined;
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
  /^%(?:ASA|FTD)-\d-\d+: (Built|Teardown) (?:inbound |outbound )?(\w+) connection \S+ for \S+?:([\da-f.:]+)\/(\d+).*? to \S+?:([\da-f.:]+)\/(\d+)/i;
const ASA_DENIED =
  /^%(?:ASA|FTD)-\d-\d+: (Deny|\w+ access denied by ACL)\b.*?(?:from |src \S+?:)([\da-f.:]+)\/(\d+).*?(?:to |dst )\S+?:([\da-f.:]+)\/(\d+)/i;

const CISCO = /%(?:ASA|FTD)-\d-\d+: /;
const FTD_PAIR = /(?<![A-Za-z])([A-Za-z]+): ([^,]*)(?:, |$)/g;

/** Their sentences are short; looking for them in long texts would be slow. */
const LONGEST_SENTENCE = 1_024;

export const cisco = (whole: string, plainTo: number): JsonObject | undefined => {
  const begins = whole.slice(0, LONGEST_SENTENCE).search(CISCO);
  if (begins < 0 || begins >= plainTo) return undefined;
  const line = whole.slice(begins, LONGEST_SENTENCE);
  const listed = /^%FTD-\d-43\d{4}: (.*)$/s.exec(line)?.[1];
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
