/** Whether an event says anything that its source knows. */
import { withoutShipper } from '../envelope/shippers.js';
import type { NativeObject, NormalisedEvent, Source } from '../sources/source.js';

/** Whether it says nothing but where it is; when is what any clock says. */
const saysNothing = ({ entity, observables, ocsf }: NormalisedEvent): boolean =>
  ocsf.classUid === 0 && entity.endsWith(':unknown') && observables.every(({ kind }) => kind === 'hostname');

/** Whether an event says nothing that its source knows: neither as it is, nor without what shippers say of any line. */
export const isUnknown = (made: NormalisedEvent, event: NativeObject, native: Buffer, source: Source): boolean => {
  if (saysNothing(made)) return true;
  if (made.ocsf.classUid !== 0 || made.observables.some(({ kind }) => kind !== 'hostname')) return false;
  const own = withoutShipper(event);
  return Object.keys(own).length < Object.keys(event).length && saysNothing(source.normalise(own, native));
};
