import { checkpointName, loadCheckpoint, writeChunks } from './checkpoints.js';
import type { OpenDatabase } from './collections.js';

/** The new partition begins at its beginning, with what the old one knows. Whoever claims it is the first to own it. */
const begin = async (opened: OpenDatabase, of: string, bytes: Buffer, partitions: number): Promise<void> => {
  const { stamp, chunks } = await writeChunks(opened, of, 0, bytes);
  await opened.patiently('growing checkpoints', () =>
    opened.manifests.updateOne(
      { _id: of },
      { $set: { offset: 0, epoch: 0, stamp, chunks, partitions } },
      { upsert: true },
    ),
  );
  await opened.patiently('growing checkpoints', () => opened.chunks.deleteMany({ of, stamp: { $ne: stamp } }));
};

/** See Store.growCheckpoints. */
export const growCheckpoints = async (
  opened: OpenDatabase,
  topic: string,
  from: number,
  to: number,
): Promise<number> => {
  let grown = 0;
  for (let partition = 0; partition < from; partition += 1) {
    const kept = await loadCheckpoint(opened, topic, partition);
    if (!kept) continue;
    for (let child = partition + from; child < to; child += from, grown += 1)
      await begin(opened, checkpointName(topic, child), kept.bytes, to);
    await opened.patiently('growing checkpoints', () =>
      opened.manifests.updateOne({ _id: checkpointName(topic, partition) }, { $set: { partitions: to } }),
    );
  }
  return grown;
};
