import { createHash, randomUUID } from 'node:crypto';
import type { Commit, OpenDatabase, SnapshotDocument } from './collections.js';
import { placeOf } from './commits.js';
import { isDuplicate } from './errors.js';
import type { Seal } from './port-chain.js';
import type { TenantScope } from './scope.js';

/** Of one document: the store takes 16 MiB. */
export const PIECE_BYTES = 8 * 1_048_576;
/** Of one snapshot, packed. */
export const MOST_PIECES = 8;

/** Where and what a state is, as the service signs it. */
type SnapshotSaid = Pick<SnapshotDocument, 'tenant' | 'streamId' | 'version' | 'at' | 'facts' | 'form'> & {
  hash: Buffer;
};

const statementOf = (service: string, said: SnapshotSaid, bytes: Buffer): object => {
  const { tenant, streamId, version, at, facts, form, hash } = said;
  const state = createHash('sha256').update(bytes).digest('base64');
  return { service, tenant, streamId, version, at, facts, form, hash: hash.toString('base64'), state };
};

const pieceName = (streamId: string, stamp: string, index: number): string => `${streamId}#${stamp}/${index}`;

/**
 * Puts a snapshot in the place of the stream's older one, or of one of another form. Its further pieces are there
 * before it, and those of the one before go after it.
 */
export const writeSnapshot = async (
  opened: OpenDatabase,
  seal: Seal,
  said: SnapshotSaid,
  bytes: Buffer,
  pieceBytes = PIECE_BYTES,
): Promise<void> => {
  const { tenant, streamId, version, form } = said;
  const stamp = randomUUID();
  const signature = await seal.sign('snapshot', statementOf(opened.service, said, bytes));
  const pieces = Math.max(1, Math.ceil(bytes.length / pieceBytes));
  const piece = (index: number): Buffer => bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes);
  for (let index = 1; index < pieces; index += 1)
    await opened.snapshotPieces.insertOne({
      ...{ _id: pieceName(streamId, stamp, index), tenant, streamId, version, stamp },
      bytes: piece(index),
    });
  try {
    await opened.snapshots.updateOne(
      { _id: streamId, $or: [{ version: { $lt: version } }, { form: { $ne: form } }] },
      { $set: { ...said, stamp, pieces, signature, bytes: piece(0) } },
      { upsert: true },
    );
  } catch (error) {
    // A newer one is there.
    if (!isDuplicate(error)) throw error;
  }
  await opened.snapshotPieces.deleteMany({ streamId, version: { $lte: version }, stamp: { $ne: stamp } });
};

const whole = async (opened: OpenDatabase, { streamId, stamp, pieces, bytes }: SnapshotDocument): Promise<Buffer> => {
  if (!(pieces > 1)) return bytes;
  const names = Array.from({ length: Math.min(pieces, MOST_PIECES) - 1 }, (_, index) =>
    pieceName(streamId, stamp, index + 1),
  );
  const found = await opened.snapshotPieces.find({ _id: { $in: names } }).toArray();
  const byName = new Map(found.map((piece) => [piece._id, piece.bytes]));
  return Buffer.concat([bytes, ...names.map((name) => byName.get(name) ?? Buffer.alloc(0))]);
};

const isSaid = (document: SnapshotDocument): boolean =>
  document.bytes instanceof Uint8Array && document.hash instanceof Uint8Array && document._id === document.streamId;

/** Its bytes, if all of it is what the service signed. */
export const signedBytes = async (
  opened: OpenDatabase,
  seal: Seal,
  document: SnapshotDocument,
): Promise<Buffer | undefined> => {
  if (!isSaid(document)) return undefined;
  const bytes = await whole(opened, document);
  const signed = await seal.open('snapshot', opened.service, String(document.signature));
  return signed && JSON.stringify(signed) === JSON.stringify(statementOf(opened.service, document, bytes))
    ? bytes
    : undefined;
};

/** Takes a stream's snapshot away, whichever it is or the one that was looked at. */
export const dropSnapshot = async (opened: OpenDatabase, streamId: string, stamp?: string): Promise<void> => {
  await opened.snapshots.deleteOne(stamp === undefined ? { _id: streamId } : { _id: streamId, stamp });
  await opened.snapshotPieces.deleteMany(stamp === undefined ? { streamId } : { streamId, stamp });
};

/** What of a commit is looked at beside a snapshot: by its name, which every store finds in one step. */
const LOOKED_AT = { hash: 1, streamId: 1, version: 1, 'facts.salt': 1 } as const;

const isBlank = ({ facts }: Pick<Commit, 'facts'>): boolean =>
  !(Array.isArray(facts) && facts.some((fact) => fact?.salt?.length > 0));

/**
 * Hashes of these places, and streams of which something was erased: a stream's first commit is blank as soon as any
 * is, as an erasure takes what was committed until a moment.
 */
export const lookedUp = async (
  { commits, patiently }: OpenDatabase,
  tenant: TenantScope,
  ends: readonly { streamId: string; version: number }[],
): Promise<{ hashes: Map<string, Buffer>; erased: Set<string> }> => {
  const places = ends.flatMap(({ streamId, version }) => [placeOf(streamId, 1), placeOf(streamId, version)]);
  const found = await patiently('looking at commits of snapshots', () =>
    commits.find({ _id: { $in: [...new Set(places)] }, tenant }, { projection: LOOKED_AT }).toArray(),
  );
  return {
    hashes: new Map(found.map(({ _id, hash }) => [_id, hash])),
    erased: new Set(found.filter((one) => one.version === 1 && isBlank(one)).map(({ streamId }) => streamId)),
  };
};
