/** A file of the lake, by where it lies in it: `tenant=acme/day=2026-11-02/hour=13/…parquet`. */
export interface LakeFile {
  path: string;
  bytes: number;
  /** Epoch ms, by the clock of whoever keeps it. */
  changedAt: number;
}

/** A file that was listed is not there any more: whoever compacts put it into another. */
export class FileGone extends Error {
  constructor(path: string) {
    super(`${path} is not in the lake any more`);
  }
}

/** Files where DuckDB can read them, in the order they were asked for. */
export interface HeldFiles {
  local: string[];
  release(): void;
}

/** Whoever keeps the lake's files: a folder, or buckets that speak S3. */
export interface FilesOfLake {
  /** Folders of this machine that DuckDB must reach. */
  reaches: string[];
  /** Names of what lies directly in a folder of the lake and is a folder itself, sorted. */
  folders(path: string): Promise<string[]>;
  /** Parquet files in a folder of the lake and below, sorted by path. */
  list(path: string): Promise<LakeFile[]>;
  /**
   * Has the files where DuckDB can read them, until they are released. What is removed from the lake meanwhile is there
   * all the same when it is held for `long`; what is not may be gone, where that costs more.
   * @throws FileGone
   */
  hold(paths: readonly string[], long?: 'long'): Promise<HeldFiles>;
  /**
   * Lets a file be made, which appears under its name only when it is whole and durable, over whatever bore the name.
   * @param make writes it to the local path it is given. When it throws nothing appears.
   */
  write(path: string, make: (local: string) => Promise<void>): Promise<void>;
  /** What is not there any more is no error. */
  remove(paths: readonly string[]): Promise<void>;
}
