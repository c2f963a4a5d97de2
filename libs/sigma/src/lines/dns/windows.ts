import type { JsonObject } from '../../json.js';
import { ADDRESS, fieldsOfDns, timeOfPlace } from './said.js';

const PACKET = new RegExp(
  String.raw`^(\d{8}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}) (\d{1,2}[:.]\d\d[:.]\d\d)(?: ([AP]M))? +[\dA-F]{3,8} PACKET +[\dA-Fa-f]{8,16} (?:UDP|TCP) +(Rcv|Snd) +(${ADDRESS}) +[\da-f]{4} (R)? *[QNU?] \[[\da-f]{4} [ A-Z]{0,12}? ?([A-Z]{4,10})\] +(\w{1,16}) +(\S{1,1024})$`,
  'i',
);

/** `(3)www(7)example(3)com(0)`: labels by their lengths. Undefined where one is longer or shorter than it says. */
const nameOf = (text: string): string | undefined => {
  if (!text.startsWith('(')) return text.replace(/^\./, '');
  const labels: string[] = [];
  for (let here = 0; here < text.length; ) {
    const close = text.indexOf(')', here);
    const length = text[here] === '(' && close > here && close - here <= 3 ? Number(text.slice(here + 1, close)) : NaN;
    if (!Number.isInteger(length) || close + 1 + length > text.length) return undefined;
    if (length === 0) return close + 1 === text.length ? labels.join('.') : undefined;
    labels.push(text.slice(close + 1, close + 1 + length));
    here = close + 1 + length;
  }
  return labels.join('.');
};

/**
 * Packets in the debug log of Windows' DNS server. It names whoever it talks to: who asks, where it receives a question
 * or sends an answer, else the server that it asks itself.
 */
export const windowsDnsOf = (text: string): JsonObject | undefined => {
  const [whole, date = '', clock = '', half = '', way, other, answers, code, type, name = ''] = PACKET.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const isClient = (way?.toLowerCase() === 'rcv') === (answers === undefined);
  return fieldsOfDns({
    at: timeOfPlace(date, clock, half),
    client: isClient ? other : undefined,
    server: isClient ? undefined : other,
    query: nameOf(name),
    type,
    code: answers === undefined ? undefined : code,
  });
};
