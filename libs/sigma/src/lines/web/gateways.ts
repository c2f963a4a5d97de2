import { isIP } from 'node:net';
import { closingQuote, unescapedLog } from '../quoted.js';
import { isoOfWritten } from '../written-time.js';
import { fieldsOfEdge, knownStatus, QUOTED, type EdgeLine } from './said.js';

const ENVOY =
  /^\[(\d{4}-\d\d-\d\dT[\d:.]{8,16}Z)\] "((?:-|[A-Z][A-Z_-]{0,31}) \S{1,65536} (?:-|HTTP\/[\d.]{1,3}))" (\d{1,3}) (\S{1,255}) /;
/** `outbound|80||s - 10.0.0.5:80 192.0.2.7:4711 name route`: what Istio says behind the last quote. */
const ISTIO_TAIL = /^ \S{1,512} \S{1,64} \S{1,64} \[?([\da-fA-F.:]{2,45}?)\]?:(\d{1,5}) \S{1,255} \S{1,255}$/;
/** `"forwarded for" "agent" "id" "authority" "upstream"` */
const LAST_FIVE = new RegExp(` ${QUOTED} ${QUOTED} ${QUOTED} ${QUOTED} ${QUOTED}$`.replaceAll('65536', '4096'));
const LONGEST_TAIL = 24_576;

/**
 * Envoy's default format, and Istio's, which alone says who is connected. Otherwise it is only known for whom the
 * request was forwarded, which whoever sent it may have written.
 */
export const envoyOf = (text: string): EdgeLine | undefined => {
  const [head, time, request, status] = ENVOY.exec(text) ?? [];
  if (head === undefined) return undefined;
  const last = text.lastIndexOf('"') + 1;
  const [, client, port] = ISTIO_TAIL.exec(text.slice(last, last + LONGEST_TAIL)) ?? [];
  const [, forwarded, agent, , authority] =
    LAST_FIVE.exec(text.slice(Math.max(head.length - 1, last - LONGEST_TAIL), last)) ?? [];
  const fields = fieldsOfEdge({
    'derived.time': time,
    'c-ip': client !== undefined && isIP(client) !== 0 ? client : undefined,
    src_port: port === '0' ? undefined : port,
    'sc-status': knownStatus(status),
    'cs-user-agent': agent,
    'x-forwarded-for': forwarded,
  });
  const isRequest = request?.startsWith('- ') === false;
  return (
    fields && {
      fields,
      ...(isRequest ? { request } : { category: 'connection' }),
      ...(authority === undefined || authority === '-' ? {} : { asked: authority }),
    }
  );
};

const GIN =
  /^\[GIN\] (\d{4}\/\d\d\/\d\d) - (\d\d:\d\d:\d\d) \|\s{0,4}(\d{3}) \|\s{0,20}\S{1,20} \|\s{0,45}([\da-fA-F.:]{2,45}) \|\s{0,4}([A-Z]{1,16})\s{1,16}"(.{0,65536})"$/s;

/** The log of Go's gin, which by default takes whom a request is forwarded for as who asks. */
export const ginOf = (text: string): EdgeLine | undefined => {
  const [whole, day = '', clock = '', status, client, method = '', address = ''] = GIN.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const fields = fieldsOfEdge({
    'derived.time': isoOfWritten(`${day} ${clock}`),
    'x-forwarded-for': client,
    'sc-status': status,
  });
  return fields && { fields, request: `${method} ${address}` };
};

const WEB_GATEWAY = new RegExp(
  String.raw`^\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "([^"]{0,255})" ([\da-fA-F.:]{2,45}) (\d{3}) `,
);
const BEHIND =
  /^ "([^"]{0,1024})" "([^"]{0,64})" "([^"]{0,128})" (\d{1,20}|-)(?: (?:\d{1,20}|-))? "((?:[^"\\]|\\.){0,2048})"(?: "([^"]{0,255})" "([^"]{0,64})")?/;

/** The access log of McAfee's (Skyhigh's) Web Gateway; what it blocked has a number other than 0. */
export const webGatewayOf = (text: string): EdgeLine | undefined => {
  const [head, time = '', user, client, status] = WEB_GATEWAY.exec(text) ?? [];
  if (head === undefined || text[head.length] !== '"') return undefined;
  const end = closingQuote(text, head.length);
  if (end < 0) return undefined;
  const [, , , type, bytes, agent, , block] = BEHIND.exec(text.slice(end + 1, end + 8_192)) ?? [];
  const fields = fieldsOfEdge({
    'derived.time': isoOfWritten(time),
    'c-ip': client,
    'cs-username': user,
    'sc-status': status,
    'sc-bytes': bytes,
    'cs-user-agent': agent,
    'rs(Content-Type)': type,
    action: block !== undefined && /^[1-9]\d*$/.test(block) ? 'blocked' : undefined,
  });
  return fields && { fields, request: unescapedLog(text.slice(head.length + 1, end)) };
};
