import type { JsonObject } from '../../json.js';
import { ADDRESS, fieldsOfDns, NAME, timeOfLog, TYPE, type SaidOfDns } from './said.js';

const WORDS = String.raw`(?:[a-z][\w-]{0,40}: ){0,3}`;
const TIME = String.raw`(?:(\d\d-[A-Z][a-z]{2}-\d{4} [\d:.]{8,16}|\d{4}-\d\d-\d\d[T ][\d:.]{8,16}Z?) )?`;
/** A category and a level, and the time of the log itself before, between or without them. */
const BEGIN = `^${WORDS}${TIME}${WORDS}`;
const CLIENT = new RegExp(
  `${BEGIN}client (?:@0x[\\da-f]{1,16} )?(${ADDRESS})#(\\d{1,5})(?:/key \\S{1,255})?(?: \\((${NAME})\\))?:? ` +
    String.raw`(?:UDP: |TCP: )?(?:view \S{1,255}: )?(.*)$`,
  's',
);
/** What the resolver itself asked of others and did not get. */
const OUTWARD = new RegExp(`${BEGIN}([\\w ()-]{1,80}?) resolving '(${NAME})/(${TYPE})/\\w{1,16}': (${ADDRESS})#\\d`);

type BindForm = [form: RegExp, said: (...found: (string | undefined)[]) => SaidOfDns];
const FORMS: BindForm[] = [
  [
    new RegExp(String.raw`^query: (${NAME}) \w{1,16} (${TYPE}) response: ([A-Z]{2,16}) ?\S{0,32} ?(.{0,8192})`, 's'),
    (query, type, code, answer) => ({ query, type, code, answer }),
  ],
  [
    new RegExp(String.raw`^query: (${NAME}) \w{1,16} (${TYPE})(?: [^\s(]\S{0,32})?(?: \((${ADDRESS})\))?`),
    (query, type, server) => ({ query, type, server }),
  ],
  [
    new RegExp(String.raw`^response: (${NAME}) \w{1,16} (${TYPE}) ([A-Z]{2,16})`),
    (query, type, code) => ({ query, type, code }),
  ],
  [
    new RegExp(String.raw`^query failed \(([^)]{1,64})\) for (${NAME})/\w{1,16}/(${TYPE}) at `),
    (code, query, type) => ({ query, type, code: code?.toUpperCase() }),
  ],
  [
    new RegExp(String.raw`^(?:query(?: \(cache\))?|zone transfer) '(${NAME})/(${TYPE})/\w{1,16}' (denied|approved)`),
    (query, type, action) => ({ query, type, action }),
  ],
  [
    new RegExp(
      String.raw`^(?:disabled )?rpz ([\w-]{1,32}) ([\w-]{1,32}) rewrite (${NAME})(?:/(${TYPE})/\w{1,16}| \[(${TYPE})\]) via `,
    ),
    (_, policy, query, type, bracketed) => ({ query, type: type ?? bracketed, action: `rpz ${policy ?? ''}` }),
  ],
  [new RegExp(String.raw`^transfer of '(${NAME})/\w{1,16}': (AXFR|IXFR) `), (query, type) => ({ query, type })],
];

/**
 * BIND's log, and Infoblox's: queries, their answers and errors, what was denied and what a policy rewrote. Without a
 * question it says who asked, and what BIND says of it.
 */
export const bindOf = (text: string): JsonObject | undefined => {
  const [, at, client, port, , rest] = CLIENT.exec(text) ?? [];
  if (rest === undefined) return outwardOf(text);
  for (const [form, said] of FORMS) {
    const found = form.exec(rest);
    if (found) return fieldsOfDns({ at: timeOfLog(at), client, port, ...said(...found.slice(1)) });
  }
  return fieldsOfDns({ at: timeOfLog(at), client, port, about: rest.slice(0, 1_024) });
};

const outwardOf = (text: string): JsonObject | undefined => {
  const [, at, about, query, type, server] = OUTWARD.exec(text) ?? [];
  return query === undefined ? undefined : fieldsOfDns({ at: timeOfLog(at), query, type, server, about });
};
