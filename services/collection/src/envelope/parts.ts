import { clockOf, syslogParts, type JsonObject } from '#libs/sigma';
import type { LineParts, NativeObject } from '../sources/source.js';

/** What an object says of the header of a line that stands in it; undefined where it took none apart. */
export const partsIn = (event: NativeObject): LineParts | undefined => {
  // Parsed JSON holds no undefined members.
  const apart = syslogParts(event as JsonObject);
  return apart && { ...apart, time: clockOf(`${apart.time ?? ''} `, 0)?.time };
};
