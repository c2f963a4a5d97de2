/** How long what is only kept for a time is kept, in ms; what is not named is kept for ever. */
export interface KeptFor {
  /** Answers that stand alone: longer than a request may come again. */
  answersMs?: number | undefined;
}

/** What was let go of, of one tenant. */
export interface LetGo {
  tenant: string;
  answers: number;
}

/** What ends with time, one replica at a time. */
export interface Retention {
  /** Lets go of what is over, tenant by tenant. May be cut short at any place and called again. @throws Fault */
  apply(now: number, kept: KeptFor, stopping?: () => boolean): AsyncIterable<LetGo>;
}
