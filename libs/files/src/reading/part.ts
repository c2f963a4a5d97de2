import type { PartProblem } from '../table/table.js';

/** What of a file is no event. `bytes`: what is there of it, where it can be told. */
export interface LostPart extends PartProblem {
  bytes?: Buffer;
}

/** A part of a file: an event on one line (JSON as it came, or text), or what could not be read, and where it lies. */
export type FilePart = { file: string } & ({ event: Buffer } | { lost: LostPart });

export type ReadPart = { event: Buffer } | { lost: LostPart };

/** Reads a file from its beginning, in parts of any size. What it holds back is bounded. */
export interface PartReader {
  /** @param isLast nothing comes behind these bytes. */
  take(bytes: Buffer, isLast: boolean): ReadPart[];
}
