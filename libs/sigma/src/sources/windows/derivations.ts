import type { JsonObject } from '../../json.js';
import type { Derived } from '../shared/derived.js';
import { windowsEvent } from './event.js';

/** Events of the forms that hold their fields elsewhere than under their names, as one record. */
export const windows = (event: JsonObject): Derived => {
  const { system, data, category } = windowsEvent(event);
  const said = Object.entries(system);
  return {
    ...(category === undefined ? {} : { category }),
    fields: { ...Object.fromEntries(said.map(([name, value]) => [`system.${name}`, value])), ...system, ...data },
  };
};
