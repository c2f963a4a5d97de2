import { unescapedLog } from '../quoted.js';
import { isoOfWritten } from '../written-time.js';
import { fieldsOfEdge, knownStatus, QUOTED, SIDE, type EdgeLine } from './said.js';

const COUNTS = String.raw`\+?-?\d{1,12}`;
const HAPROXY = new RegExp(
  String.raw`^${SIDE} \[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d\.\d{1,6})\] (\S{1,255}) (\S{1,255}) (${COUNTS}(?:/${COUNTS}){1,6}) (.*)$`,
  's',
);
/** Status, bytes, cookies, how it ended, connections and queues, captured headers; the request is what is in quotes. */
const OF_HTTP = /^(-1|\d{3}) \+?(\d{1,20}) \S{1,512} \S{1,512} \S{4} [\d/+]{3,64} [\d/]{3,32} (?=[{"])/;
const OF_TCP = /^\+?(\d{1,20}) (\S\S) [\d/+]{3,64} [\d/]{3,32}$/;
const CONNECT = new RegExp(String.raw`^Connect from ${SIDE} to ${SIDE} \([^()]{1,255}/(TCP|HTTP)\)$`);

/** HAProxy's HTTP, HTTPS and TCP formats, and what it says of a connection by itself. Its times name no zone. */
export const haproxyOf = (text: string): EdgeLine | undefined => {
  const [whole, client, port, time = '', frontend, backend, , rest = ''] = HAPROXY.exec(text) ?? [];
  if (whole === undefined) return refusedOf(text) ?? connectOf(text);
  const [http, status, bytes] = OF_HTTP.exec(rest) ?? [];
  const [tcp, sent] = http === undefined ? (OF_TCP.exec(rest) ?? []) : [];
  if (http === undefined && tcp === undefined) return undefined;
  const fields = fieldsOfEdge({
    'derived.time': isoOfWritten(time),
    'c-ip': client,
    src_port: port,
    frontend,
    backend,
    'sc-status': knownStatus(status),
    'sc-bytes': bytes ?? sent,
  });
  if (!fields) return undefined;
  return http === undefined ? { fields, category: 'connection' } : { fields, ...requestAtEnd(rest) };
};

/** HAProxy escapes quotes in what clients sent (`#22`), so that the request alone stands in them. */
const requestAtEnd = (rest: string): Pick<EdgeLine, 'request'> => {
  const from = rest.indexOf('"');
  const end = rest.indexOf('"', from + 1);
  // A request that is cut off says no more than its beginning.
  const request = rest.slice(from + 1, end < 0 ? rest.length : end);
  return from < 0 || request.startsWith('<') ? {} : { request };
};

const REFUSED = new RegExp(
  String.raw`^${SIDE} \[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d\.\d{1,6})\] (\S{1,255})/\S{1,255}: (.{1,512})$`,
);

/** A connection that ended before anything was asked: a handshake that failed, a header of the proxy protocol. */
const refusedOf = (text: string): EdgeLine | undefined => {
  const [whole, client, port, time = '', frontend, why] = REFUSED.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const fields = fieldsOfEdge({
    'derived.time': isoOfWritten(time),
    'c-ip': client,
    src_port: port,
    frontend,
    msg: why,
  });
  return fields && { fields, category: 'connection' };
};

const connectOf = (text: string): EdgeLine | undefined => {
  const [whole, client, port, server, to] = CONNECT.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const fields = fieldsOfEdge({ 'c-ip': client, src_port: port, dst_ip: server, dst_port: to });
  return fields && { fields, category: 'connection' };
};

const TIME = String.raw`(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z?)`;
const TARGET = String.raw`(?:-|${SIDE})`;
const SECONDS = String.raw`-?[\d.]{1,20}`;
const ALB = new RegExp(
  String.raw`^(?:https?|h2|grpcs|wss?) ${TIME} \S{1,255} ${SIDE} ${TARGET} ${SECONDS} ${SECONDS} ${SECONDS} (\d{3}|-) (?:\d{3}|-) (\d{1,20}) (\d{1,20}) ${QUOTED} ${QUOTED} `,
  's',
);
/** The time of a line that a header was taken from stands in that. */
const CLB = new RegExp(
  String.raw`^(?:${TIME} )?[\w-]{1,64} ${SIDE} ${TARGET} ${SECONDS} ${SECONDS} ${SECONDS} (\d{3}|-) (?:\d{3}|-) (\d{1,20}) (\d{1,20}) ${QUOTED} ${QUOTED} \S{1,64} \S{1,32}$`,
  's',
);
const NLB = new RegExp(
  String.raw`^tls \d\.\d ${TIME} \S{1,255} \S{1,64} ${SIDE} ${SIDE} \d{1,10} (?:\d{1,10}|-) (\d{1,20}) (\d{1,20}) `,
);

/** Times of AWS are UTC, whether or not they say so. */
const inUtc = (time: string | undefined): string | undefined =>
  time === undefined || time.endsWith('Z') ? time : `${time}Z`;

/** AWS's load balancers: of applications, classic ones, and of networks. */
export const elbOf = (text: string): EdgeLine | undefined => {
  const found = ALB.exec(text) ?? CLB.exec(text);
  if (!found) return nlbOf(text);
  const [, time, client, port, target, targetPort, status, received, sent, request = '', agent] = found;
  const fields = fieldsOfEdge({
    'derived.time': inUtc(time),
    'c-ip': client,
    src_port: port,
    dst_ip: target,
    dst_port: targetPort,
    'sc-status': status,
    'cs-bytes': received,
    'sc-bytes': sent,
    'cs-user-agent': agent,
  });
  if (!fields) return undefined;
  return /^- - - ?$/.test(request) ? { fields, category: 'connection' } : { fields, request: unescapedLog(request) };
};

const nlbOf = (text: string): EdgeLine | undefined => {
  const [whole, time = '', client, port, target, targetPort, received, sent] = NLB.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const fields = fieldsOfEdge({
    'derived.time': inUtc(time),
    'c-ip': client,
    src_port: port,
    dst_ip: target,
    dst_port: targetPort,
    'cs-bytes': received,
    'sc-bytes': sent,
  });
  return fields && { fields, category: 'connection' };
};
