import type { JsonObject } from '../../json.js';
import { ASA_DENIED } from './asa-denied.js';
import { ANY_SESSION, ASA_SESSIONS } from './asa-sessions.js';
import { ASA_TRAFFIC } from './asa-traffic.js';
import { firepower } from './firepower.js';
import { ACTIVITIES, heard, LONGEST_SENTENCE, markIn, type DeviceLine, type DeviceSentence } from './sentences.js';

const TABLE = [...ASA_DENIED, ...ASA_TRAFFIC, ...ASA_SESSIONS];
const BY_ID: ReadonlyMap<string, readonly DeviceSentence[]> = new Map(
  TABLE.flatMap(([ids, ...sentences]) => ids.split(' ').map((id) => [id, sentences] as const)),
);
const ALL: readonly DeviceSentence[] = [...TABLE.flatMap(([, ...sentences]) => sentences), ...ANY_SESSION];

/** With the class of the message, without it (`%ASA--6-`), and of its forerunners. */
const MARK = /%(?:ASA|FTD|PIX|FWSM)-(?:[a-z][a-z\d_-]{0,31}-|-)?[0-7]-\d{6}:? /i;

/** Intrusions and malware in files. */
const FOUND = new Set(['430001', '430005']);

/** A side that offers a service: ports below are opened by no program that connects. */
const LOWEST_OWN_PORT = 1_024;

/**
 * The sides of a connection that Cisco writes with the lesser trusted one first. Who began it is said by `inbound` or
 * `outbound`, else by the ports.
 */
const directed = ({ one_ip, one_port, other_ip, other_port, direction, ...fields }: JsonObject): JsonObject => {
  if (one_ip === undefined || other_ip === undefined) return fields;
  const [first, second] = [Number(one_port), Number(other_port)];
  const isReverse =
    direction === undefined
      ? first < LOWEST_OWN_PORT && second >= LOWEST_OWN_PORT
      : String(direction).toLowerCase() === 'outbound';
  const sides = isReverse ? [other_ip, other_port, one_ip, one_port] : [one_ip, one_port, other_ip, other_port];
  const [src_ip, src_port, dst_ip, dst_port] = sides;
  return {
    ...fields,
    ...{ src_ip, dst_ip },
    ...(src_port === undefined ? {} : { src_port }),
    ...(dst_port === undefined ? {} : { dst_port }),
  } as JsonObject;
};

/**
 * Messages of Cisco's ASA and FTD: by their number, or by their text where a number is not known. `message_id` is the
 * number.
 */
export const asa = (said: DeviceLine): JsonObject | undefined => {
  const at = markIn(said, MARK);
  if (at < 0) return undefined;
  const text = said.line.slice(at, at + LONGEST_SENTENCE);
  const mark = MARK.exec(text)?.[0] ?? '';
  const id = /\d{6}/.exec(mark)?.[0] ?? '';
  const behind = text.slice(mark.length);
  const listed = id.startsWith('43000') ? firepower(said.line.slice(at + mark.length)) : undefined;
  if (listed) return { message_id: id, ...listed, ...(FOUND.has(id) ? ACTIVITIES.detection : {}) };
  const fields = heard(BY_ID.get(id) ?? BY_ID.get(id.slice(0, 3)) ?? ALL, behind) ?? heard(ALL, behind);
  return { message_id: id, ...(fields ? directed(fields) : {}) };
};
