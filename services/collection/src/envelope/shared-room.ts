import { ENVELOPE_TRUNCATED } from './line.js';

/** Characters that a request may make of what it says once of many events: each has it around itself. */
const MOST_SHARED = 32 * 1024 * 1024;

/** How much more of what is said once of many events can be written around each. */
export class SharedRoom {
  private left = MOST_SHARED;

  /** Whether there is room for it once more. */
  takes({ length }: { length: number }): boolean {
    if (length > this.left) return false;
    this.left -= length;
    return true;
  }

  /** What is said around one more event, as JSON, and the flags of one for which there is no room. */
  around(said: string | undefined): { said?: string; flags: string[] } {
    if (said === undefined) return { flags: [] };
    return this.takes(said) ? { said, flags: [] } : { flags: [ENVELOPE_TRUNCATED] };
  }
}
