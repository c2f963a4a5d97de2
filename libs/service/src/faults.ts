import { Fault } from '#libs/model';

const REASON_LENGTH = 500;

/** What an error says, bounded. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, REASON_LENGTH);

/** Turns whatever was thrown into what the process dies of. */
export const asFault = (error: unknown): Fault =>
  error instanceof Fault ? error : new Fault(error instanceof Error ? error.message : String(error), { cause: error });
