/** The place of a fact in its stream as one number: commit, then index (`positionOf`). */
export type StreamPlace = number;

/** How far a reader (one loop of a service) has read a stream. */
export interface StreamReading {
  tenant: string;
  streamId: string;
  /** Of the fact that is to come next. It never goes back. */
  next: StreamPlace;
  /** It does not come: something behind it did. */
  gap?: ReadingGap;
}

/** What was met although others should have come before, or could not be read. */
export interface ReadingGap {
  /** Until everything up to there has come, the stream waits. */
  to: StreamPlace;
  /** Where reading would go on without what is missing. */
  beyond: StreamPlace;
  /** A sentence. */
  reason: string;
}

/** A stream that waits for its turn to be asked for. */
export interface MissingFacts {
  reader: string;
  tenant: string;
  streamId: string;
  /** Commit of the first fact that has not come. */
  fromVersion: number;
  /** How often it was asked for in vain, this time included. */
  asked: number;
}

/** When what was asked for is asked for again, and after how many times in vain somebody is told. */
export interface AskingAgain {
  /** Pause after so many times. */
  pauseMs(asked: number): number;
  parkAfter: number;
  /** Streams of a tenant that are asked for at once. */
  ofTenant: number;
}

/** How far a service's loops have read streams: kept, so that a gap is seen across restarts and replicas. */
export interface ReadingStore {
  /** Next places, by stream; none of a stream that was not met. */
  nextPlaces(reader: string, streamIds: readonly string[]): Promise<Map<string, StreamPlace>>;
  /** Notes how far streams were read and what is missing; a stream of which all has come waits no longer. */
  noteReadings(reader: string, readings: readonly StreamReading[], now: number): Promise<void>;
  /** Takes the streams whose turn it is: no replica is given them again before their pause is over. */
  takeMissing(now: number, asking: AskingAgain): Promise<MissingFacts[]>;
  /** All of them have their turn at once. */
  retryMissing(): Promise<void>;
  /** When the next is to be asked for, epoch ms; none when nothing is missing. */
  nextMissing(): Promise<number | undefined>;
  /**
   * Lets the relay send commits of a stream once more, unchanged: `most` of them, from a version on. What is parked,
   * and what Kafka carried first, it does not send. @returns how many.
   */
  sendAgain(tenant: string, streamId: string, fromVersion: number, most: number): Promise<number>;
}
