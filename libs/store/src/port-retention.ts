/** How long what is only kept for a time is kept, in ms; what is not named is kept for ever. */
export interface KeptFor {
  /** Answers that stand alone: longer than a request may come again. */
  answersMs?: number | undefined;
  /** Commits, in the store; then they are archived, where there is an archive. Whole months (UTC) at once. */
  commitsMs?: number | undefined;
}

/** What was done in a pass, of one tenant; nothing is told of others. */
export interface LetGo {
  tenant: string;
  /** Let go of. */
  answers: number;
  /** Commits written to files. */
  archived: number;
  /** Commits taken from the store, being in files for a day. */
  taken: number;
}

/** What is archived of a tenant. */
export interface ArchivedOf {
  tenant: string;
  /** UTC, yyyy-mm. */
  month: string;
  files: number;
  commits: number;
  bytes: number;
}

/** What ends with time, one replica at a time. */
export interface Retention {
  /** Lets go of what is over, and archives what is old, tenant by tenant. May be cut short at any place and called again. @throws Fault */
  apply(now: number, kept: KeptFor, stopping?: () => boolean): AsyncIterable<LetGo>;
  /** By tenant and month. */
  archived(): AsyncIterable<ArchivedOf>;
}
