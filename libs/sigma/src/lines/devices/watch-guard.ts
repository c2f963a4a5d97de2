import type { JsonObject } from '../../json.js';
import { ACTIVITIES, heard, sentence, type DeviceLine, type DeviceSentence } from './sentences.js';

const { logon, failed, logoff, config, device } = ACTIVITIES;
const IP = String.raw`[\da-f.:]{3,45}`;
/** The interfaces' names are the administrator's and may hold blanks. */
const BETWEEN = String.raw`(?<action>Allow|Deny) .{1,80}? `;
const RULE = String.raw`.{0,1024}?\((?<rule>[^()]{1,128})\)\s*$`;
const SIDES = String.raw`(?<src_ip>${IP}) (?<dst_ip>${IP}) (?<src_port>\d{1,5}) (?<dst_port>\d{1,5})(?: |$)`;

const KIND = String.raw`(?:Management|Firewall|Mobile VPN with \w{1,8}|SSL VPN)`;

const SENTENCES: readonly DeviceSentence[] = [
  sentence(String.raw`${BETWEEN}\d{1,6} (?<protocol>tcp|udp) \d{1,3} \d{1,3} ${SIDES}(?:${RULE})?`),
  sentence(
    String.raw`${BETWEEN}\d{1,6} (?<protocol>[\w-]{1,16}) \d{1,3} \d{1,3} (?<src_ip>${IP}) (?<dst_ip>${IP})(?: |$)`,
  ),
  sentence(String.raw`${BETWEEN}(?<protocol>tcp|udp) ${SIDES}`),
  sentence(String.raw`${KIND} user <username> from (?<src_ip>${IP}) logged in`, logon),
  sentence(String.raw`${KIND} user <username> from (?<src_ip>${IP}) logged out`, logoff),
  sentence(
    String.raw`${KIND} user (?<username>\S{1,128}) logged in\b(?:.{0,160}?[Rr]eal IP address is (?<real_ip>${IP}?)\.?$)?`,
    logon,
  ),
  sentence(String.raw`${KIND} user (?<username>\S{1,128}) logged out`, logoff),
  sentence(
    String.raw`Authentication of \w{1,32}(?: VPN)? user \[<username>\] from (?<src_ip>${IP}) was accepted`,
    logon,
  ),
  sentence(
    String.raw`Authentication of \w{1,32}(?: VPN)? user \[<username>\] from (?<src_ip>${IP}) was rejected`,
    failed,
  ),
  sentence(String.raw`.{0,64}?configuration .{0,160}?\bby <username> from (?<src_ip>${IP})`, config),
];

/** The device counts kinds of messages; when it was, by UTC, may stand before. */
const MARK = /\bmsg_id="([\dA-F]{4}-[\dA-F]{4})" /;
const SAID_AT = /\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)\) /;

/** WatchGuard's Firebox. */
export const watchGuard = ({ line, from, plainTo }: DeviceLine): JsonObject | undefined => {
  const mark = MARK.exec(line.slice(0, 1_024));
  if (!mark || mark.index > plainTo) return undefined;
  const at = SAID_AT.exec(line.slice(from, mark.index))?.[1];
  const fields = heard(SENTENCES, line.slice(mark.index + mark[0].length)) ?? device;
  const { real_ip, ...said } = fields as JsonObject;
  return {
    msg_id: mark[1] ?? '',
    ...(at === undefined ? {} : { 'derived.time': `${at}Z` }),
    ...(real_ip === undefined ? {} : { src_ip: real_ip }),
    ...said,
  };
};
