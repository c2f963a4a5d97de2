/** A file of the lake, by where it lies in it: `tenant=acme/day=2026-11-02/hour=13/…parquet`. */
export interface LakeFile {
  path: string;
  bytes: number;
  /** Epoch ms, by the clock of whoever keeps it. */
  changedAt: number;
  /** Another one says that what lies there is another file, where whoever keeps it tells. */
  version?: string;
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

/** Whoever keeps the lake's files: a folder, or a bucket that speaks S3. */
export interface FilesOfLake {
  /** Folders of this machine that DuckDB must reach. */
  reaches: string[];
  /** As much as is best held at once; more waits for others, or has them wait. */
  mostHeldBytes: number;
  /** Names of what lies directly in a folder of the lake and is a folder itself, sorted. */
  folders(path: string): Promise<string[]>;
  /** Parquet files in a folder of the lake and below, sorted by path. */
  list(path: string): Promise<LakeFile[]>;
  /**
   * Has the files where DuckDB can read them, until they are released. What is removed from the lake meanwhile is there
   * all the same when it is held for `long`; what is not may be gone, where that costs more. Who holds some lets them
   * go before it holds others.
   * @throws FileGone
   */
  hold(files: readonly LakeFile[], long?: 'long'): Promise<HeldFiles>;
  /**
   * Lets a file be made, which appears under its name only when it is whole and durable, over whatever bore the name.
   * @param make writes it to the local path it is given. When it throws nothing appears.
   * @param before asked when it is made, right before it appears, as often as that is tried: the same.
   */
  write(path: string, make: (local: string) => Promise<void>, before?: () => Promise<void>): Promise<void>;
  /** What is not there any more is no error. */
  remove(paths: readonly string[]): Promise<void>;
  /** Takes away what it kept on this machine beside the lake. */
  close(): Promise<void>;
}
