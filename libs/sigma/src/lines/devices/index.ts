import { barracuda, f5, netScaler, routerOs } from './appliances.js';
import { aruba } from './aruba.js';
import { asa } from './asa.js';
import { comware } from './comware.js';
import { filterLog } from './filter-log.js';
import { managementCenter } from './firepower.js';
import { ios } from './ios.js';
import { junos } from './junos.js';
import { meraki } from './meraki.js';
import { mikroTik, netfilter } from './packets.js';
import { paloAlto } from './palo-alto.js';
import { watchGuard } from './watch-guard.js';

/** Who reads what devices write in lists and sentences of their own; the first who knows a line has it. */
export const DEVICES = [
  paloAlto,
  filterLog,
  asa,
  managementCenter,
  ios,
  junos,
  netfilter,
  mikroTik,
  routerOs,
  watchGuard,
  meraki,
  comware,
  aruba,
  netScaler,
  barracuda,
  f5,
] as const;
