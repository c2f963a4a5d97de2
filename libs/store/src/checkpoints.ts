import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from './collections.js';
import { faultOf, isDuplicate } from './errors.js';
import type { Checkpoint } from './port.js';

const CHUNK_BYTES = 1_048_576;
export const checkpointName = (topic: string, partition: number): string => `${topic}/${partition}`;

const chunksOf = (bytes: Buffer): Buffer[] => {
  const chunks: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) chunks.push(bytes.subarray(from, from + CHUNK_BYTES));
  return chunks;
};

/**
 * The manifest takes effect at once or not at all.
 * @returns the stamp that it replaces, empty for none; undefined when a newer epoch or a later offset is there.
 */
const putManifest = async (
  opened: OpenDatabase,
  of: string,
  offset: number,
  epoch: number,
  stamp: string,
  chunks: number,
): Promise<string | undefined> => {
  try {
    const replaced = await opened.manifests.findOneAndUpdate(
      { _id: of, $or: [{ epoch: { $lt: epoch } }, { epoch, offset: { $lte: offset } }] },
      { $set: { offset, epoch, stamp, chunks } },
      { upsert: true, returnDocument: 'before' },
    );
    return replaced?.stamp ?? '';
  } catch (error) {
    if (isDuplicate(error)) return undefined;
    throw error;
  }
};

/** Writes the bytes of a checkpoint, which count once a manifest bears their stamp. */
export const writeChunks = async (
  opened: OpenDatabase,
  of: string,
  epoch: number,
  bytes: Buffer,
): Promise<{ stamp: string; chunks: number }> => {
  const stamp = randomUUID();
  const chunks = chunksOf(bytes);
  // One at a time: together they may pass the size of a message.
  for (const [index, chunk] of chunks.entries()) {
    const _id = `${of}/${stamp}/${index}`;
    await opened.patiently('writing a checkpoint', () =>
      opened.chunks.replaceOne({ _id }, { of, stamp, epoch, index, bytes: chunk }, { upsert: true }),
    );
  }
  return { stamp, chunks: chunks.length };
};

const save = async (opened: OpenDatabase, { topic, partition, offset, epoch, bytes }: Checkpoint): Promise<boolean> => {
  const of = checkpointName(topic, partition);
  const { stamp, chunks } = await writeChunks(opened, of, epoch, bytes);
  const replaced = await opened.patiently('writing a checkpoint', () =>
    putManifest(opened, of, Number(offset), epoch, stamp, chunks),
  );
  // Of one's own epoch another replica's chunks may be waiting for their manifest, or be what it says by now: only what
  // was replaced is waste, and what is of an epoch that can replace nothing any more.
  const waste =
    replaced === undefined
      ? { of, stamp }
      : { of, stamp: { $ne: stamp }, $or: [{ stamp: replaced }, { epoch: { $lt: epoch } }] };
  await opened.patiently('clearing checkpoints', () => opened.chunks.deleteMany(waste));
  return replaced !== undefined;
};

export const loadCheckpoint = async (
  opened: OpenDatabase,
  topic: string,
  partition: number,
): Promise<Checkpoint | undefined> => {
  const of = checkpointName(topic, partition);
  for (;;) {
    const manifest = await opened.patiently('reading a checkpoint', () => opened.manifests.findOne({ _id: of }));
    if (manifest === null || manifest.stamp === '') return undefined;
    const { stamp, offset, epoch, chunks, partitions } = manifest;
    const found = await opened.patiently('reading a checkpoint', () =>
      opened.chunks.find({ of, stamp }).sort({ index: 1 }).toArray(),
    );
    if (found.length === chunks)
      return {
        ...{ topic, partition, offset: String(offset), epoch, bytes: Buffer.concat(found.map(({ bytes }) => bytes)) },
        ...(partitions === undefined ? {} : { partitions }),
      };
    // A newer manifest came in between and its predecessor's chunks are gone; anything else is a loss.
    const again = await opened.patiently('reading a checkpoint', () => opened.manifests.findOne({ _id: of }));
    if (again?.stamp === stamp) throw new Error(`checkpoint ${of} has ${found.length} of ${chunks} chunks`);
  }
};

const claim = async (
  opened: OpenDatabase,
  topic: string,
  partition: number,
): Promise<{ epoch: number; checkpoint: Checkpoint | undefined }> => {
  const taken = await opened.patiently('claiming a checkpoint', () =>
    opened.manifests.findOneAndUpdate(
      { _id: checkpointName(topic, partition) },
      { $inc: { epoch: 1 }, $setOnInsert: { offset: 0, stamp: '', chunks: 0 } },
      { upsert: true, returnDocument: 'after' },
    ),
  );
  return { epoch: taken?.epoch ?? 1, checkpoint: await loadCheckpoint(opened, topic, partition) };
};

/** See Store.saveCheckpoint and its neighbours. */
export const checkpointsOf = (opened: OpenDatabase) => {
  const orFault = (error: unknown): never => {
    throw faultOf('checkpoints', error);
  };
  return {
    saveCheckpoint: (checkpoint: Checkpoint) => save(opened, checkpoint).catch(orFault),
    loadCheckpoint: (topic: string, partition: number) => loadCheckpoint(opened, topic, partition).catch(orFault),
    claimCheckpoint: (topic: string, partition: number) => claim(opened, topic, partition).catch(orFault),
  };
};
