/** What a store answered instead of doing it, or that it did not answer; nothing of what was sent to it. */
export class S3Failed extends Error {
  constructor(
    readonly method: string,
    /** Of the bucket: an object, or what was listed. */
    readonly key: string,
    /** 0 without an answer. */
    readonly status: number,
    /** The store's own word, such as AccessDenied, or why there was no answer. */
    readonly code: string,
  ) {
    super(
      `S3 answered ${method} ${key || 'of the bucket'} with ${status === 0 ? 'nothing' : status} ${code}`.trimEnd(),
    );
  }
}

const PASSES: ReadonlySet<number> = new Set([408, 425, 429]);
/** Of requests that broke off, and of keys that may have been changed meanwhile. */
const PASSING_CODES: ReadonlySet<string> = new Set(['RequestTimeout', 'ExpiredToken', 'OperationAborted', 'BadDigest']);

/** Whether the same request may be answered otherwise in a while. */
export const mayPass = (error: unknown): boolean =>
  error instanceof S3Failed &&
  (error.status === 0 || error.status >= 500 || PASSES.has(error.status) || PASSING_CODES.has(error.code));
