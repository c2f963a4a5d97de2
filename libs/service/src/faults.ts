import { Fault, reasonOf } from '#libs/model';

/** Turns whatever was thrown into what the process dies of. */
export const asFault = (error: unknown): Fault =>
  error instanceof Fault ? error : new Fault(reasonOf(error), { cause: error });
