/** A counted range of an ingest topic, and when it was received. */
export interface CountedRange {
  from: number;
  to: number;
  at: number;
  messages: number;
  accepted: number;
  dead: number;
  bytes: number;
}

export interface ReceiptJournal {
  source: string;
  topic: string;
  partition: number;
  /** Everything up to this offset is counted for good; -1 for nothing yet. */
  watermark: number;
  /** Latest time that an event had, epoch ms; not known in documents of before. */
  lastOccurredAt?: number;
  /** When the topic as it is now was first heard of: what was said before is of one that was there before it. */
  since?: number;
  /**
   * The latest ranges, by offset, each still known by itself: a range read again takes the place of those inside it.
   */
  tail: CountedRange[];
  /** Sums by quarter of an hour (epoch ms / 900,000); the tail is in them. */
  slots: (Pick<CountedRange, 'messages' | 'accepted' | 'dead' | 'bytes'> & { slot: number })[];
}
