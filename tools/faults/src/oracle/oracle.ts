import type { DisturbedPlace } from '../place/place.js';
import type { OracleCheck } from './check.js';
import { decisionChecks } from './decisions.js';
import { letterCheck } from './letters.js';
import { requestCheck } from './requests.js';
import { sentBy } from './sent.js';
import { standingChecks } from './standing.js';
import { streamCheck } from './streams.js';
import { telemetryChecks } from './telemetry.js';
import { vendorCheck } from './vendors.js';

/** Everything that is held against a run, once nothing is left to do. What lies on the partners' topics is the truth. */
export const judge = async (place: DisturbedPlace): Promise<OracleCheck[]> => {
  const sent = await sentBy(place.broker, place.tenants);
  return [
    ...(await telemetryChecks(place, sent)),
    await letterCheck(place, sent),
    ...(await decisionChecks(place, sent)),
    await vendorCheck(place),
    await streamCheck(place),
    await requestCheck(place),
    ...(await standingChecks(place)),
  ];
};
