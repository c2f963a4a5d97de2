import { closeSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { compress as zstd, isLoaded } from '@foxglove/wasm-zstd';
import kafkajs from 'kafkajs';
import { compressFrame } from 'lz4-napi';
import { compress as snappy } from 'snappy';
import type { Broker } from '#libs/events';
import { internalsOf } from '../src/broker-internals.js';

const { CompressionTypes: Types } = kafkajs;

/** What a partner's producer may choose, and the client cannot; this installation packs nothing. */
const packers: Record<string, (bytes: Buffer) => Promise<Buffer>> = {
  snappy,
  lz4: (bytes) => compressFrame(bytes),
  zstd: (bytes) => isLoaded.then(() => zstd(bytes)),
};
interface ClientsCodec {
  compress(encoder: { buffer: Buffer }): Promise<Buffer>;
}

const numbers: Record<string, number> = { gzip: Types.GZIP, snappy: Types.Snappy, lz4: Types.LZ4, zstd: Types.ZSTD };

export const COMPRESSIONS = Object.keys(numbers);
export const LZ4_MAGIC = Buffer.from('04224d18', 'hex');

/** Sends one batch to the first partition of a topic, packed as a partner's producer would. */
export const sendPacked = async (broker: Broker, topic: string, by: string, values: Buffer[]): Promise<void> => {
  const compression = numbers[by] as number;
  const { kafka } = internalsOf(broker);
  const { CompressionCodecs: table } = kafkajs as unknown as { CompressionCodecs: Record<number, () => ClientsCodec> };
  const pack = packers[by];
  if (pack) table[compression] = () => ({ compress: ({ buffer }) => pack(buffer) });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, compression, messages: values.map((value) => ({ value, partition: 0 })) });
  await producer.disconnect();
};

/**
 * Overwrites bytes of the batch that holds some others, where it lies on the broker's disk, as a fault of a disk would,
 * or of a broker that checks less.
 * @param from counted from the first of those.
 */
export const spoil = (dir: string, topic: string, held: string | Buffer, from: number, bytes: Buffer): void => {
  const log = join(dir, 'kafka', 'data', `${topic}-0`, '00000000000000000000.log');
  const file = openSync(log, 'r+');
  const content = Buffer.alloc(1024 * 1024);
  const at = content.subarray(0, readSync(file, content, 0, content.length, 0)).indexOf(held);
  if (at < 0) throw new Error(`${String(held)} is not in ${readdirSync(join(dir, 'kafka', 'data')).join(' ')}`);
  writeSync(file, bytes, 0, bytes.length, at + from);
  closeSync(file);
};
