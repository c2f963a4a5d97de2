/** A business no: the request is answered REFUSED with this code and sentence, and nothing is written. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  /** @param message a sentence for people; the code for programs is derived from it unless given. */
  constructor(message: string, code?: string) {
    super(message);
    this.code =
      code ??
      message
        .toUpperCase()
        .replace(/[^A-Z0-9]+/g, '_')
        .replace(/^_|_$/g, '')
        .slice(0, 64);
  }
}

/** A message nobody can read: it becomes a dead letter with this code and sentence, and the stream goes on. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The world is broken: retried within bounds, then the process stops with a non-zero code. */
export class Fault extends Error {
  override readonly name = 'Fault';
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
  }
}

/** What an error says, also when something else was thrown. */
export const reasonOf = (error: unknown): string => {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
};

const BRIEF_LENGTH = 500;

/** The same where it is kept or told: 500 characters at most. */
export const briefReasonOf = (error: unknown): string => reasonOf(error).slice(0, BRIEF_LENGTH);
