import type { JsonObject } from '../../json.js';
import { ACTIVITIES, heard, sentence, type DeviceLine, type DeviceSentence } from './sentences.js';

const { logon, failed, logoff } = ACTIVITIES;
const IP = String.raw`(?<src_ip>[\da-f.:]{2,45})`;
/** A number, the process, the severity and the controller. */
const BEFORE = String.raw`(?:<[^>]{1,80}> ? ?){2,5}(?:\|[^|]{0,64}\| ? ?)?`;

const SENTENCES: readonly DeviceSentence[] = [
  sentence(`${BEFORE}User Authentication Successful: username=<username> MAC=(?<client>\\S{1,32}) IP=${IP} `, logon),
  sentence(`${BEFORE}User Authentication failed\\. username=<username> userip=${IP} `, failed),
  sentence(`${BEFORE}User de-authenticated: name=<username> MAC=(?<client>\\S{1,32}) IP=${IP} `, logoff),
];

/** Controllers of Aruba. */
export const aruba = ({ line, from }: DeviceLine): JsonObject | undefined =>
  line[from] === '<' ? heard(SENTENCES, line.slice(from)) : undefined;
