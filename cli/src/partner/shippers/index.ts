import { Refused } from '#libs/model';
import { collector } from './collector.js';
import { filebeat } from './filebeat.js';
import { fluentBit } from './fluent-bit.js';
import { kcat } from './kcat.js';
import { logstash } from './logstash.js';
import { python } from './python.js';
import { rsyslog } from './rsyslog.js';
import type { Shipper, ShipperPlace, ShipperWay } from './shipper.js';
import { vector } from './vector.js';

export { PASSWORD, TOKEN, type ShipperPlace, type ShipperWay } from './shipper.js';

/** Every shipper, sorted by name. */
export const shippers: readonly Shipper[] = [collector, filebeat, fluentBit, kcat, logstash, python, rsyslog, vector];

export const WAYS: readonly ShipperWay[] = ['http', 'kafka', 'tcp', 'tls'];

/** Ways a shipper takes, the one to prefer first. */
export const waysOf = ({ ways }: Shipper): ShipperWay[] => Object.keys(ways) as ShipperWay[];

/** How a shipper sends: as wanted, or as it is best. @throws Refused naming the ways it takes */
export const wayOf = (name: string, wanted?: ShipperWay): ShipperWay => {
  const shipper = shippers.find((one) => one.name === name);
  if (!shipper) throw new Refused(`there is no configuration for ${name}`, 'NO_SHIPPER');
  const way = wanted ?? waysOf(shipper)[0];
  if (!way || !shipper.ways[way])
    throw new Refused(`${name} sends over ${waysOf(shipper).join(' or ')}`, 'NO_SUCH_WAY');
  return way;
};

/** @throws Refused as `wayOf` does. */
export const configOf = (name: string, place: ShipperPlace, wanted?: ShipperWay): string => {
  const way = wayOf(name, wanted);
  return shippers.find((one) => one.name === name)?.ways[way]?.(place) ?? '';
};
