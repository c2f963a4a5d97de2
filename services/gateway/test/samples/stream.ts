import type { AnyFact } from '#contracts';
import { idOf, type Envelope } from '#libs/model';

/** A fact as its owner says it: stream and place with those that have one. */
export interface SampleFact {
  fact: AnyFact;
  envelope: Partial<Envelope>;
}

export const stream = (streamId: string, facts: AnyFact[]): SampleFact[] =>
  facts.map((fact, index) => ({
    fact,
    envelope: {
      id: idOf(streamId, index + 1),
      subject: streamId,
      sequence: { version: index + 1, index: 0, count: 1 },
    },
  }));
