import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { constants, deflateRaw, inflateRaw } from 'node:zlib';
import { catalogue } from '#contracts';

/** Of a state before it is packed: larger ones are not kept. Writing 100 MB takes about half a second of the service. */
const MOST_BYTES = 256 * 1_048_576;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/**
 * A state in bytes: V8's own form, which keeps maps, sets, buffers, what is undefined, and the order of all of them;
 * then deflated. Older forms of it are read by newer versions of Node.
 * @returns undefined for one that is too large. @throws DataCloneError for a state that is more than data.
 */
export const packState = async (state: unknown): Promise<Buffer | undefined> => {
  const bytes = serialize(state);
  return bytes.length > MOST_BYTES ? undefined : deflate(bytes, { level: constants.Z_BEST_SPEED });
};

/** @throws Error for what is no such form, or one of another version of Node. */
export const unpackState = async (bytes: Buffer): Promise<unknown> =>
  deserialize(await inflate(bytes, { maxOutputLength: MOST_BYTES }));

const formOfFacts = new Map<string, string>();

/**
 * What a state follows from beside the facts: the decider's version, and the contracts its facts are read by, since a
 * field added to one stands in states that hold facts.
 */
export const stateFormOf = ({ subject, version }: { subject: string; version: number }): string => {
  const known =
    formOfFacts.get(subject) ??
    createHash('sha256')
      .update(
        catalogue
          .filter((one) => one.subject === subject && one.kind === 'events')
          .map(({ id }) => id)
          .sort((a, b) => a - b)
          .join(),
      )
      .digest('hex')
      .slice(0, 16);
  formOfFacts.set(subject, known);
  return `${version}/${known}`;
};
