import type { Kafka } from 'kafkajs';
import { existingTopics } from './partition-ranges.js';
import { pause } from './delays.js';

const TRIES = 3;
const TRY_AGAIN_MS = 300;

/** Which topics there are, asked once for each: the client looks for a missing one for 20 s, holding up all others. */
export class KnownTopics {
  private readonly known = new Set<string>();
  constructor(private readonly kafka: Kafka) {}

  /** Of these topics, those that are not there (or may not be seen). None when the broker cannot be asked. */
  async missing(topics: string[]): Promise<Set<string>> {
    const open = new Set(topics.filter((topic) => !this.known.has(topic)));
    try {
      for (let left = TRIES; open.size > 0 && left > 0; left--) {
        if (left < TRIES) await pause(TRY_AGAIN_MS);
        for (const topic of await existingTopics(this.kafka, [...open])) {
          this.known.add(topic);
          open.delete(topic);
        }
      }
      return open;
    } catch {
      return new Set();
    }
  }

  forget(topics: string[]): void {
    for (const topic of topics) this.known.delete(topic);
  }
}
