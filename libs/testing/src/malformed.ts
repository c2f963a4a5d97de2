/**
 * What a test gives on purpose although the types forbid it: a message that does not fit its contract, a document
 * somebody has altered, a value from outside that no type holds for.
 */
export const malformed = <Wanted>(given: unknown): Wanted => given as Wanted;

/** A stand-in for something of which only these parts are touched. */
export const standIn = <Whole>(parts: NoInfer<Partial<Whole>>): Whole => parts as Whole;
