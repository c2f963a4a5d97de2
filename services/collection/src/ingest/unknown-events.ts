/** Whether an event says anything that its source knows. */
import { withoutShipper } from '../envelope/shippers.js';
import { baseEvent, type OcsfClass } from '../sources/ocsf.js';
import type { NativeObject, NormalisedEvent, Source } from '../sources/source.js';

/** What sources make of an object that says nothing. */
const ofNothing = new WeakMap<Source, OcsfClass>();

const classOfNothing = (source: Source): OcsfClass => {
  const known = ofNothing.get(source) ?? source.normalise({}, Buffer.from('{}')).ocsf;
  ofNothing.set(source, known);
  return known;
};

/** Whether it says nothing but where it is; when is what any clock says. */
const saysNothing = ({ entity, observables, ocsf }: NormalisedEvent, source: Source): boolean => {
  if (!entity.endsWith(':unknown') || observables.some(({ kind }) => kind !== 'hostname')) return false;
  const { classUid, activityId } = classOfNothing(source);
  return ocsf.classUid === classUid && ocsf.activityId === activityId;
};

/** Whether an event says nothing that its source knows: neither as it is, nor without what shippers say of any line. */
export const isUnknown = (made: NormalisedEvent, event: NativeObject, native: Buffer, source: Source): boolean => {
  if (saysNothing(made, source)) return true;
  const { classUid } = classOfNothing(source);
  if (made.ocsf.classUid !== classUid || made.observables.some(({ kind }) => kind !== 'hostname')) return false;
  const own = withoutShipper(event);
  return Object.keys(own).length < Object.keys(event).length && saysNothing(source.normalise(own, native), source);
};

/** Of an event of which nothing is known it is not known either what kind it is. */
export const classless = (made: NormalisedEvent): NormalisedEvent => ({
  ...made,
  ocsf: { ...made.ocsf, ...baseEvent, categoryUid: 0 },
});
