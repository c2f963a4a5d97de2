/** Names of what is said of many events, put together for each: each costs far more than its bytes. */
const MOST_SHARED_NAMES = 200_000;
/** No name of a message, with its value, has fewer. */
const LEAST_BYTES = 4;

/** How many names the events of one message may still be put together of. */
export class NamesRoom {
  private left: number;

  /** @param messageBytes length of the message: what each event says for itself has room in any case. */
  constructor(messageBytes: number) {
    this.left = MOST_SHARED_NAMES + messageBytes / LEAST_BYTES;
  }

  takes(names: number): boolean {
    if (names > this.left) return false;
    this.left -= names;
    return true;
  }
}
