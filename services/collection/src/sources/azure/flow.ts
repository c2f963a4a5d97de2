import { ipOf, portOf, textOf, timeOf } from '../json-values.js';
import { compact, entityOf, observablesOf, ocsfOf } from '../ocsf.js';
import { ourSide } from '../private-addresses.js';
import type { NativeObject, NormalisedEvent } from '../source.js';

const REFUSED = 5;
const OPENED = 1;

/** A tuple of a flow log under its names (`src/unwrap/flow-tuples.ts`), about our side of the traffic. */
export const normaliseFlow = (event: NativeObject): NormalisedEvent => {
  const [src, dst, action] = [ipOf(event.sourceAddress), ipOf(event.destinationAddress), textOf(event.action) ?? ''];
  const [srcPort, dstPort] = [portOf(event.sourcePort), portOf(event.destinationPort)];
  return {
    occurredAt: timeOf(event.time),
    entity: entityOf('ip', ourSide(src, dst)),
    observables: observablesOf(['ip-address', src], ['ip-address', dst]),
    ocsf: ocsfOf(
      { classUid: 4001, activityId: action === 'denied' ? REFUSED : OPENED },
      1,
      `${action || 'traffic'}: ${src ?? '?'} -> ${dst ?? '?'}${dstPort === undefined ? '' : `:${dstPort}`}`,
      {
        src: compact({ ip: src, port: srcPort }),
        dst: compact({ ip: dst, port: dstPort }),
        cloud: compact({ provider: 'Azure' }),
      },
    ),
  };
};
