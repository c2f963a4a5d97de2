export { Fault, reasonOf, Unreadable } from '#libs/model';

/** Why a message cannot be read; the codes of dead letters made here. */
export type UnreadableCode =
  /** No magic byte and schema id in front. */
  | 'NOT_FRAMED'
  /** The id is neither in the catalogue nor announced on `vigie.schemas`. */
  | 'UNKNOWN_SCHEMA'
  /** The bytes do not fit their schema. */
  | 'BAD_AVRO'
  | 'TOO_LARGE'
  /** A message of another topic's contract. */
  | 'WRONG_TOPIC'
  /** A header is missing or malformed, or speaks of another type than the bytes. */
  | 'BAD_ENVELOPE'
  /** The envelope's tenant is not the key's prefix. */
  | 'WRONG_TENANT';
