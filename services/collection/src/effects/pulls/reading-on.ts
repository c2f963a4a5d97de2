/** A file of a folder, read on from where it was. */
import type { FileHandle } from 'node:fs/promises';
import { growthOf, partsOf } from '#libs/files';
import type { FilePlace, ReadFile } from '../../pulls/directory.js';

/** Of one step. */
const [MOST_STEP_BYTES, MOST_STEP_PARTS] = [4 * 1024 * 1024, 20_000];
/** Of a file that is read from its beginning each time, as it lies and in all its parts. */
const [MOST_WHOLE_BYTES, MOST_UNPACKED_BYTES] = [32 * 1024 * 1024, 512 * 1024 * 1024];
const BEGINNING_BYTES = 64 * 1024;
/** Nobody wrote to it for so long: it is whole, and so is its last line. */
const QUIET_MS = 30_000;

export interface OpenedFile {
  file: FileHandle;
  name: string;
  size: number;
  /** Epoch ms, as `now`. */
  touchedAt: number;
  now: number;
}

type PartsPlace = Omit<FilePlace, 'check'>;
type ReadOn = Omit<ReadFile, 'check'> & { body: Buffer };

const NOTHING = { body: Buffer.alloc(0), more: false };

const bytesOf = async ({ file }: OpenedFile, from: number, most: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(most);
  let length = 0;
  while (length < most) {
    const { bytesRead } = await file.read(buffer, length, most - length, from + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
};

/** Up to the end of the last line that has one, or of all that will not go on. */
const linesFrom = async (opened: OpenedFile, { at, parts }: PartsPlace, isQuiet: boolean): Promise<ReadOn> => {
  const bytes = await bytesOf(opened, at, Math.min(MOST_STEP_BYTES, opened.size - at));
  const isLast = at + bytes.length >= opened.size;
  const lines = bytes.lastIndexOf('\n') + 1;
  const isEnd = (isLast && isQuiet) || (lines === 0 && bytes.length === MOST_STEP_BYTES);
  const end = isEnd ? bytes.length : lines;
  return { body: bytes.subarray(0, end), at: at + end, parts, more: end > 0 && !isLast, waits: end < bytes.length };
};

const problemIn = (code: string, sentence: string) => ({ ...NOTHING, waits: false, problem: { code, sentence } });

/** What stands behind as many parts: events, or one that is lost. */
const partsFrom = async (name: string, bytes: Buffer, { parts: before }: PartsPlace): Promise<Omit<ReadOn, 'at'>> => {
  const taken: Buffer[] = [];
  let [parts, length, unpacked] = [0, 0, 0];
  for await (const part of partsOf(bytes, name)) {
    const event = 'event' in part ? part.event : undefined;
    unpacked += event?.length ?? 0;
    if (unpacked > MOST_UNPACKED_BYTES)
      return { ...problemIn('FILE_LEFT_OUT', `The file holds more than ${MOST_UNPACKED_BYTES} bytes.`), parts: before };
    parts += 1;
    if (parts <= before) continue;
    if ('lost' in part) {
      const isNext = taken.length > 0;
      if (!isNext) return { ...problemIn(part.lost.code, part.lost.sentence), parts, more: true };
      return { body: Buffer.concat(taken), parts: parts - 1, more: true, waits: false };
    }
    taken.push(part.event, Buffer.from('\n'));
    length += part.event.length;
    if (length >= MOST_STEP_BYTES || parts - before >= MOST_STEP_PARTS)
      return { body: Buffer.concat(taken), parts, more: true, waits: false };
  }
  return { body: Buffer.concat(taken), parts: Math.max(parts, before), more: false, waits: false };
};

/** @returns events, one a line, or what is the matter; and where to go on. */
export const readOn = async (opened: OpenedFile, place: PartsPlace): Promise<ReadOn> => {
  const { name, size, touchedAt, now } = opened;
  const isQuiet = Math.abs(now - touchedAt) >= QUIET_MS;
  const beginning = await bytesOf(opened, 0, Math.min(BEGINNING_BYTES, size));
  if (beginning.length === 0) return { ...NOTHING, at: 0, parts: 0, waits: false };
  // How a file goes on is not known before its first line is there.
  const isBegun = isQuiet || beginning.includes('\n');
  const growth = isBegun ? growthOf(name, beginning) : 'whole';
  if (growth === 'lines' && place.parts === 0) return linesFrom(opened, place, isQuiet);
  const waitsFor = growth === 'whole' || growth === 'packed';
  if (waitsFor && !isQuiet) return { ...NOTHING, ...place, waits: true };
  if (size > MOST_WHOLE_BYTES) {
    if (place.at > MOST_WHOLE_BYTES) return { ...NOTHING, at: size, parts: place.parts, waits: false };
    const sentence = `Of files that are no lines ${MOST_WHOLE_BYTES} bytes are read at most: the rest is left out.`;
    return { ...problemIn('FILE_LEFT_OUT', sentence), at: size, parts: place.parts };
  }
  const all = await bytesOf(opened, 0, size);
  const end = isQuiet ? all.length : all.lastIndexOf('\n') + 1;
  // What was packed breaks off otherwise when there is more of it: then it comes again rather than not at all.
  const parts = growth === 'packed' && place.at !== end ? 0 : place.parts;
  return { ...(await partsFrom(name, all.subarray(0, end), { at: end, parts })), at: end };
};
