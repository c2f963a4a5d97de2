import type { JsonObject } from '../../json.js';
import { namedValues } from '../named-values.js';
import { ACTIVITIES, heard, markIn, sentence, type DeviceLine, type DeviceSentence } from './sentences.js';

const { logon, failed, logoff, detection } = ACTIVITIES;
const IP = String.raw`(?<src_ip>[\da-f.:]{2,45}?)`;

const SENTENCES: readonly DeviceSentence[] = [
  sentence(String.raw`<username> logged in from ${IP}\.?$`, logon),
  sentence(String.raw`<username> logged out from ${IP}\.?$`, logoff),
  sentence(String.raw`<username> failed to log in from ${IP}\.?$`, failed),
  sentence(
    String.raw`.{0,128}?succeeded in logging? ?in.{0,80}?UserName=(?<username>[^,]{1,128}), .{0,80}?I[pP](?:Addr\w*)?=${IP}[,)]`,
    logon,
  ),
  sentence(
    String.raw`.{0,128}?failed to log ?in.{0,80}?UserName=(?<username>[^,]{1,128}), .{0,80}?I[pP](?:Addr\w*)?=${IP}[,)]`,
    failed,
  ),
];

/** `%%01POLICY/6/POLICYPERMIT(l):` of Huawei, `%%10FILTER/6/FILTER_ZONE_EXECUTION:` of H3C. */
const MARK = /%%\d\d ?([A-Za-z][\w-]{0,31})\/\d\/([A-Z][\w]{0,63})(?:\(\w{1,3}\))?(?:\[\d{1,10}\])?: ?/;
const VERDICTS: readonly (readonly [RegExp, string])[] = [
  [/permit|pass|allow/i, 'permit'],
  [/den(?:y|ied)|drop|block|discard/i, 'deny'],
  [/created|setup/i, 'open'],
  [/delete|aging|teardown|over$/i, 'close'],
];

const verdictOf = (text: string): string | undefined => VERDICTS.find(([form]) => form.test(text))?.[1];

/** Huawei's and H3C's firewalls and switches. */
export const comware = (said: DeviceLine): JsonObject | undefined => {
  const at = markIn(said, MARK);
  if (at < 0) return undefined;
  const [mark = '', facility = '', mnemonic = ''] = MARK.exec(said.line.slice(at)) ?? [];
  const text = said.line.slice(at + mark.length);
  const values = namedValues(text);
  const told = values ? undefined : heard(SENTENCES, text);
  const event = values?.Event;
  const action = verdictOf(typeof event === 'string' ? event : mnemonic);
  return {
    facility,
    mnemonic,
    ...values,
    ...told,
    ...(action !== undefined && values && !Object.hasOwn(values, 'action') ? { action } : {}),
    ...(values && /^(?:IPS|AV|ATK|ANTI-?VIR)/i.test(facility) ? detection : {}),
  };
};
