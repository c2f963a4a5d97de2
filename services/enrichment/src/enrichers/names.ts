import type { SlimEvent } from './enricher.js';

/** Names an event gives to things of these kinds, lower-case: its entity's first. */
export function* namesOf(event: SlimEvent, entityKinds: string[], observableKinds: string[]): Generator<string> {
  const colon = event.entity.indexOf(':');
  if (entityKinds.includes(event.entity.slice(0, colon))) yield event.entity.slice(colon + 1);
  for (const { kind, value } of event.observables) {
    if (observableKinds.includes(kind)) yield value.toLowerCase();
  }
}
