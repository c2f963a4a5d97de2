import type { JsonObject } from '../../../json.js';
import type { Derived } from '../derived.js';
import { carbonBlackOf } from './carbon-black.js';
import { defenderOf } from './defender.js';
import { ecsOf } from './ecs.js';
import { falconOf } from './falcon.js';
import { osqueryOf } from './osquery.js';
import { sentinelOneOf } from './sentinel-one.js';

/**
 * What agents of any vendor say of Windows, Linux and macOS alike: as rows of Defender's tables, Falcon's feed and
 * stream, SentinelOne's Deep Visibility and threats, Carbon Black's forwarders, osquery's results, in the Elastic
 * Common Schema. Fields have Sigma's names; `derived.time` is when it happened, as it is written. Categories are
 * Sigma's, and for what it has none: logon, logoff, finding and the like (`services/collection`, endpoint-classes.ts).
 */
export const agentOf = (event: JsonObject): Derived | undefined =>
  sentinelOneOf(event) ??
  falconOf(event) ??
  defenderOf(event) ??
  carbonBlackOf(event) ??
  ecsOf(event) ??
  osqueryOf(event);
