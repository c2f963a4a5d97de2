import { Fault, reasonOf } from '#libs/model';

/** Server codes that say "not now": elections, shutdown, lost hosts and cursors. */
const PASSING = new Set([6, 7, 43, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
const NETWORK = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoPoolClearedError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'PoolClearedOnNetworkError',
  'PoolClearedError',
  'MongoWaitQueueTimeoutError',
]);

interface DriverError {
  name?: unknown;
  code?: unknown;
  cause?: unknown;
  writeErrors?: unknown;
  errorLabels?: unknown;
}
const told = (error: unknown): DriverError => (typeof error === 'object' && error !== null ? error : {});

/** The write errors of a bulk; one error counts as a list of one. */
const writeErrors = (error: unknown): unknown[] => {
  const { writeErrors: all } = told(error);
  if (Array.isArray(all)) return all;
  return all === undefined || all === null ? [] : [all];
};

/**
 * A unique index said no, and nothing else went wrong: a network error arrives as a bulk error without write errors.
 */
export const isDuplicate = (error: unknown): boolean => {
  const { name, code } = told(error);
  if (name === 'MongoBulkWriteError') {
    const all = writeErrors(error);
    return all.length > 0 && all.every((one) => told(one).code === 11000);
  }
  return code === 11000;
};

/** The store was away or changing hands: the same operation may succeed later. */
export const isPassing = (error: unknown): boolean => {
  const { name, code, cause, errorLabels } = told(error);
  if (typeof name === 'string' && NETWORK.has(name)) return true;
  if (typeof code === 'number' && PASSING.has(code)) return true;
  if (Array.isArray(errorLabels) && errorLabels.includes('RetryableWriteError')) return true;
  if (name === 'MongoBulkWriteError') return writeErrors(error).length === 0;
  return cause !== undefined && isPassing(cause);
};

const OF_DOCUMENT_NAMES = new Set([
  'MongoInvalidArgumentError',
  'BSONError',
  'BSONVersionError',
  'RangeError',
  'TypeError',
]);
/** Too large, too long for an index, not to be indexed. */
const OF_DOCUMENT_CODES = new Set([15, 16, 171, 10334, 17280]);

/** The store would take others, but never this document. */
export const isOfDocument = (error: unknown): boolean => {
  const { name, code } = told(error);
  if (name === 'MongoBulkWriteError') return writeErrors(error).some(isOfDocument);
  return (
    (typeof name === 'string' && OF_DOCUMENT_NAMES.has(name)) ||
    (typeof code === 'number' && OF_DOCUMENT_CODES.has(code))
  );
};

/** The store did not answer for as long as it was waited for: the same may succeed later. */
export class StoreAway extends Fault {}

export const faultOf = (doing: string, error: unknown): Fault => {
  if (error instanceof Fault) return error;
  const Kind = isPassing(error) ? StoreAway : Fault;
  return new Kind(`${doing}: ${reasonOf(error)}`, { cause: error });
};

/** What some work gives. @throws Fault, as `faultOf` tells it, where it fails. */
export const orFault = <T>(doing: string, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw faultOf(doing, error);
  });
