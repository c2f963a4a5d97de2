import { isIP } from 'node:net';
import type { JsonObject } from '../../json.js';
import { unescapedLog } from '../quoted.js';

/** What a load balancer, a gateway or a framework logged. `request` as a line of a log has it. */
export type EdgeLine = {
  fields: JsonObject;
  request?: string;
  /** What was asked, by the client's own words. */
  asked?: string;
  /** It tells of a connection, of which no request is known. */
  category?: 'connection';
};

/** An address with its port: `192.0.2.7:4711`, `[2001:db8::7]:4711`, and `2001:db8::7:4711` as HAProxy writes it. */
export const SIDE = String.raw`\[?([\da-fA-F.:]{2,45}?)\]?:(\d{1,5})`;
/** What stands in quotes, whose own are escaped. Its group is what is inside. */
export const QUOTED = String.raw`"((?:[^"\\]|\\.){0,65536})"`;

/** Without what is not said; undefined where a side is no address. */
export const fieldsOfEdge = (said: Record<string, string | undefined>): JsonObject | undefined => {
  const fields: JsonObject = {};
  for (const [name, value] of Object.entries(said)) {
    if (value === undefined || value === '' || value === '-') continue;
    if ((name === 'c-ip' || name === 'dst_ip') && isIP(value) === 0) return undefined;
    fields[name] = unescapedLog(value);
  }
  return fields;
};

export const knownStatus = (status: string | undefined): string | undefined =>
  status !== undefined && /^[1-5]\d\d$/.test(status) ? status : undefined;
