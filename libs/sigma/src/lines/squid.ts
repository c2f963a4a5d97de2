import { isIP } from 'node:net';
import type { JsonObject } from '../json.js';

/** Time, how long it took, client, result/status, bytes, method, address, user, how it was fetched/from whom, type. */
const LINE =
  /^(\d{9,10}\.\d{1,3}) +-?\d{1,10} (\S{1,255}) ([A-Z_]{3,64})\/(\d{3}) (\d{1,20}|-) (\S{1,64}) (\S+) (\S{1,255}) ([A-Z_]{2,64})\/(\S{1,255}) (\S{1,255})/;

/** A request in Squid's own log format: fields in W3C's names, and the request as a line of a log has it. */
export const squidOf = (line: string): { fields: JsonObject; request?: string } | undefined => {
  const [whole, seconds, client, result, status, bytes, method, address, user, , peer, type] = LINE.exec(line) ?? [];
  if (whole === undefined || client === undefined || peer === undefined) return undefined;
  const isRequest = address?.startsWith('error:') !== true;
  const said: Record<string, string | undefined> = {
    [isIP(client) === 0 ? 'c-dns' : 'c-ip']: client,
    'derived.time': new Date(Math.round(Number(seconds) * 1_000)).toISOString(),
    'sc-status': status === '000' ? undefined : status,
    'sc-bytes': bytes,
    'cs-username': user,
    action: result?.includes('DENIED') === true ? 'denied' : result?.toLowerCase(),
    'rs(Content-Type)': type,
    ...(isIP(peer) === 0 ? {} : { dst_ip: peer }),
  };
  return {
    fields: Object.fromEntries(
      Object.entries(said).flatMap(([name, value]) => (value === undefined || value === '-' ? [] : [[name, value]])),
    ),
    ...(isRequest ? { request: `${method} ${address}` } : {}),
  };
};
