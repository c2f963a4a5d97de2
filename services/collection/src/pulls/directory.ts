/**
 * A folder that the installation names for a tenant (`PULL_DIRECTORIES`), such as an sftp drop or a bucket that is
 * mounted: its files are listed, and those that are new or grew are read from where they were. A file is known by its
 * inode and by the bytes before the place where it is read on: renamed, it is the same; written anew, it is read from
 * its beginning. Nothing is left out; a file comes twice where it is copied (also packed by a rotation), where a mount
 * gives it another inode, and where it changes after it was forgotten, among more than `MOST_KNOWN`.
 * What was last changed before `since` is not read. `include`: how names end.
 */
import { writeLine } from '../envelope/line.js';
import { linesIn, type Puller, type PullPage } from './puller.js';

const EVERY_MS = 10_000;
const MOST_KNOWN = 400;
const [MOST_QUEUED, MOST_QUEUED_CHARACTERS] = [50, 12 * 1024];

/** A file as it is listed; `stamp`: its last change by the disk (ctime), epoch ms. */
export interface ListedFile {
  path: string;
  inode: string;
  size: number;
  stamp: number;
}

/** Where a file is read on: bytes, what stands before them (a digest), and parts of it that were read. */
export interface FilePlace {
  at: number;
  check: string;
  parts: number;
}

/** What was read of a file: the same to go on, and its size as it was. */
export interface ReadFile extends FilePlace {
  /** There is more to read at once; or later, though it does not change. */
  more: boolean;
  waits: boolean;
  /** Why the events are none. */
  problem?: { code: string; sentence: string };
}

type Known = [inode: string, at: number, check: string, parts: number, stamp: number, size: number];

interface DirectoryCursor {
  /** Files that are not known and were last changed before are read. */
  mark: number;
  known: Known[];
  queue: ListedFile[];
  /** Others wait that are new or grew: they are listed at once. */
  rest?: boolean;
}

const NOTHING: FilePlace = { at: 0, check: '', parts: 0 };
const UNREAD = -1;

const placeOf = ({ known }: DirectoryCursor, inode: string): FilePlace => {
  const [, at, check, parts] = known.find(([one]) => one === inode) ?? [];
  return at === undefined ? NOTHING : { at, check: check ?? '', parts: parts ?? 0 };
};

/** What is known of files that are there; of very many the oldest are forgotten, as far as they are read. */
const remembered = (cursor: DirectoryCursor, files: readonly ListedFile[], oldestDue: number) => {
  const there = new Set(files.map(({ inode }) => inode));
  const known = cursor.known.filter(([inode]) => there.has(inode)).sort((one, other) => one[4] - other[4]);
  let { mark } = cursor;
  while (known.length > MOST_KNOWN - MOST_QUEUED && (known[0]?.[4] ?? Infinity) < oldestDue && known[0]?.[5] !== UNREAD)
    mark = Math.max(mark, known.shift()?.[4] ?? 0);
  return { mark, known };
};

const listed: Puller<DirectoryCursor>['read'] = ({ settings: { include } }, cursor, { body }) => {
  const files = (JSON.parse(body.toString('utf8')) as ListedFile[]).filter(
    ({ path }) => include.length === 0 || include.some((end) => path.endsWith(end)),
  );
  const before = new Map(cursor.known.map((one) => [one[0], one]));
  const due = files
    .filter(({ inode, size, stamp }) => {
      const known = before.get(inode);
      return known ? known[4] !== stamp || known[5] !== size : stamp > cursor.mark;
    })
    .sort((one, other) => one.stamp - other.stamp);
  const waits = ({ inode }: ListedFile): boolean => before.get(inode)?.[5] === UNREAD;
  const { mark, known } = remembered(cursor, files, due[0]?.stamp ?? Infinity);
  const places = new Set(known.map(([inode]) => inode));
  let [room, characters] = [MOST_KNOWN - known.length, MOST_QUEUED_CHARACTERS];
  // What waited the last time holds up nothing else.
  const queue = [...due.filter((file) => !waits(file)), ...due.filter(waits)]
    .filter(({ inode }) => places.has(inode) || (room -= 1) >= 0)
    .slice(0, MOST_QUEUED)
    .filter((file, index) => (characters -= JSON.stringify(file).length) > 0 || index === 0);
  const rest = due.length > queue.length && queue.some((file) => !waits(file));
  return { events: [], cursor: { mark, known, queue, rest }, more: queue.length > 0, reachedAt: null };
};

const dropped = (cursor: DirectoryCursor): PullPage<DirectoryCursor> => ({
  events: [],
  cursor: { ...cursor, queue: cursor.queue.slice(1) },
  more: cursor.queue.length > 1,
  reachedAt: null,
});

const RETURN = 0x0d;

/** Lines without a return at their end; none that is empty. */
const linesOf = function* (text: Buffer): Generator<Buffer> {
  for (const whole of linesIn(text)) {
    const line = whole.at(-1) === RETURN ? whole.subarray(0, -1) : whole;
    if (line.length > 0) yield line;
  }
};

/** The first of the queue: read as far as is said. */
const advanced = (cursor: DirectoryCursor, file: ListedFile, read: ReadFile): DirectoryCursor => {
  const { inode, stamp, size } = file;
  const isOpen = read.more || read.waits;
  const known: Known = [inode, read.at, read.check, read.parts, stamp, isOpen ? UNREAD : size];
  const others = cursor.known.filter(([one]) => one !== inode);
  return { ...cursor, known: [...others, known], queue: read.more ? cursor.queue : cursor.queue.slice(1) };
};

export const directory: Puller<DirectoryCursor> = {
  vendor: 'directory',
  credential: null,
  everyMs: EVERY_MS,
  first: ({ since }) => ({ mark: since, known: [], queue: [] }),
  ask: ({ settings: { baseUrl } }, cursor) => {
    const [file] = cursor.queue;
    const question = file && JSON.stringify({ path: file.path, inode: file.inode, ...placeOf(cursor, file.inode) });
    return { url: question ? `${baseUrl}?${encodeURIComponent(question)}` : baseUrl };
  },
  read: (place, cursor, answer, now) => {
    const [file] = cursor.queue;
    if (!file) return listed(place, cursor, answer, now);
    const read = JSON.parse(answer.headers.read ?? '') as ReadFile;
    const after = advanced(cursor, file, read);
    // What waits is looked at again with the next list, not at once.
    const more = after.queue.length > 0 || after.rest === true;
    if (!read.problem) return { events: linesOf(answer.body), cursor: after, more, reachedAt: null };
    const event = Buffer.from(JSON.stringify(file.path));
    const events = [writeLine({ by: 'table', problem: read.problem, event })];
    return { events, enveloped: true, cursor: after, more, reachedAt: null };
  },
  // It is gone, or another: the next list says so.
  around: (_place, cursor, { status }) => (cursor.queue.length > 0 && status === 404 ? dropped(cursor) : undefined),
};
