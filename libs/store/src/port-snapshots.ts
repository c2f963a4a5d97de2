/** What became of a kept state: `ignored` and `not-kept` stand in the log with the reason. */
export type SnapshotOutcome = 'kept' | 'read' | 'ignored' | 'not-kept';

/** States of streams that are kept beside their facts. */
export interface SnapshotOptions {
  /** One is due after that many facts, or more where the state is large. Default 200. */
  facts?: number;
  /** Of one document. Default 8 MiB. */
  pieceBytes?: number;
  /** Counts. */
  onOutcome?(outcome: SnapshotOutcome): void;
}
