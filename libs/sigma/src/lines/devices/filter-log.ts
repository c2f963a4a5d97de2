import type { JsonObject } from '../../json.js';
import { named, type DeviceLine } from './sentences.js';

/** Behind a tag, or behind RFC 5424's header, which names the program before. */
const FILTER = /\bfilterlog(?:\[\d+\])?: (.*)$|\bfilterlog \S{1,64} \S{1,64} (?:- |\[[^\]]{0,256}\] )?(\d{1,9},.*)$/s;

/** pfSense's and OPNsense's lists, in both versions of IP. */
export const filterLog = ({ line, plainTo }: DeviceLine): JsonObject | undefined => {
  const found = FILTER.exec(line);
  const text = found?.[1] ?? found?.[2];
  if (!found || text === undefined || found.index >= Math.max(plainTo, 1)) return undefined;
  const values = text.split(',');
  if (values.length < 9) return undefined;
  const [version, at] = [values[8], values[8] === '6' ? 15 : 18];
  const protocol = values[version === '6' ? 12 : 16]?.toLowerCase();
  return {
    ...named(['interface', 'reason', 'action', 'direction'], values.slice(4)),
    ...named(['protocol'], [protocol]),
    ...named(['src_ip', 'dst_ip'], values.slice(at)),
    ...(protocol === 'tcp' || protocol === 'udp' ? named(['src_port', 'dst_port'], values.slice(at + 2)) : {}),
  };
};
