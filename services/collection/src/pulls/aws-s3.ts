/**
 * Files that AWS writes into a bucket, by account, region and day: CloudTrail's, and those of VPC flow logs, whose
 * lines become objects under the names of their heading. A round lists the folders of yesterday and today (at first:
 * since then), and reads the files that were written since a quarter of an hour before the round before and are not
 * known: names tell nothing of the order in which files come. CloudTrail may tell an event in two files, which AWS
 * says of it. `account`: the bucket, with what stands before `AWSLogs` in it (`bucket/prefix`). `include`:
 * `<account>/<region>`, an organisation's as `<o-id>/<account>/<region>`. The secret is JSON,
 * {"accessKeyId","secretAccessKey"}, which may list the bucket and get from it; its origin is S3's of the region:
 * https://s3.eu-west-1.amazonaws.com.
 */
import { bucketPath, isPage, listQuery, pageOf } from '#libs/s3';
import { DAY_MS, MINUTE_MS } from '#libs/terms';
import { writeLine } from '../envelope/line.js';
import {
  eventsOf,
  headedLines,
  jsonOf,
  latestOf,
  shortId,
  under,
  type Puller,
  type PullPlace,
  type PullTrouble,
} from './puller.js';

const OVERLAP_MS = 15 * MINUTE_MS;
/** Folders that are looked at again. */
const LATE_MS = DAY_MS;
const MOST_QUEUED = 100;
/** Names that wait, and ids that are known, are kept in the cursor, which has 64 KiB. */
const MOST_QUEUED_CHARACTERS = 12 * 1024;
const MOST_KNOWN = 3_000;

interface S3Cursor {
  /** The first day that is listed, and the round under way: when it began, in which folder and behind which file. */
  from: number;
  round?: number;
  folder: number;
  after: string;
  /** Files written before are read; of those after it, these are. */
  mark: number;
  known: string[];
  /** Read in this round, and written late enough to be listed in the next. */
  fresh: string[];
  queue: string[];
}

const dayOf = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;

const foldersOf = (service: string, { settings }: PullPlace, from: number, now: number): string[] => {
  const [, ...before] = settings.account.split('/').filter(Boolean);
  const days: string[] = [];
  for (let day = dayOf(from); day <= now; day += DAY_MS)
    days.push(new Date(day).toISOString().slice(0, 10).replaceAll('-', '/'));
  return settings.include.flatMap((place) => {
    const [region = '', account = '', ...organisation] = place.split('/').reverse();
    const folder = [...before, 'AWSLogs', ...organisation, account, service, region].join('/');
    return days.map((day) => `${folder}/${day}/`);
  });
};

const pathIn = ({ settings }: PullPlace, key = ''): string => bucketPath(settings.account.split('/')[0] ?? '', key);

/** As many as are kept of them: the first always. */
const queuedOf = <File extends { key: string }>(files: readonly File[]): File[] => {
  let room = MOST_QUEUED_CHARACTERS;
  return files.slice(0, MOST_QUEUED).filter(({ key }, at) => (room -= JSON.stringify(key).length) > 0 || at === 0);
};

/** Ids of the rounds before and of this one, the latest of all: what is dropped may come again. */
const knownOf = (before: readonly string[], now: readonly string[]): Pick<S3Cursor, 'known' | 'fresh'> => {
  const fresh = now.slice(-MOST_KNOWN);
  return { known: before.slice(Math.max(0, before.length + fresh.length - MOST_KNOWN)), fresh };
};

const listed =
  (service: string): Puller<S3Cursor>['read'] =>
  (place, cursor, { body }, now) => {
    const xml = body.toString('utf8');
    if (!isPage(xml)) jsonOf(Buffer.alloc(0));
    const { objects: files, isTruncated } = pageOf(xml);
    const round = cursor.round ?? now;
    const before = new Set(cursor.known);
    const isNew = ({ key, changedAt }: (typeof files)[number]): boolean =>
      key !== '' && !key.endsWith('/') && !(changedAt < cursor.mark) && !before.has(shortId(key));
    const fresh = files.filter(isNew);
    const taken = queuedOf(fresh);
    const late = taken.filter(({ changedAt }) => !(changedAt < round - OVERLAP_MS)).map(({ key }) => shortId(key));
    const rest = fresh.length > taken.length || isTruncated;
    const last = fresh.length > taken.length ? taken.at(-1)?.key : files.at(-1)?.key;
    const here: S3Cursor = {
      ...cursor,
      round,
      queue: taken.map(({ key }) => key),
      ...knownOf(cursor.known, [...cursor.fresh, ...late]),
      ...(rest ? { after: last ?? cursor.after } : { folder: cursor.folder + 1, after: '' }),
    };
    const isOver = here.folder >= foldersOf(service, place, cursor.from, round).length;
    if (!isOver) return { events: [], cursor: here, more: true, reachedAt: null };
    const { round: _round, ...over } = here;
    // What was known before may be listed again, too.
    const known = [...here.known, ...here.fresh];
    const from = Math.max(cursor.from, dayOf(round - LATE_MS));
    const after = { ...over, from, mark: round - OVERLAP_MS, known, fresh: [], folder: 0 };
    return { events: [], cursor: after, more: here.queue.length > 0, reachedAt: null };
  };

/** What becomes a dead letter that names a file, whatever the source would read. */
const leftOut = (path: string, { code, message }: PullTrouble): Buffer =>
  writeLine({
    by: 'table',
    problem: { code, sentence: `The file is left out: ${message}` },
    event: Buffer.from(JSON.stringify(path)),
  });

const filesIn = (
  vendor: string,
  service: string,
  everyMs: number,
  eventsIn: (body: Buffer) => { events: Iterable<Buffer>; reachedAt: number | null },
): Puller<S3Cursor> => {
  const list = listed(service);
  return {
    vendor,
    credential: 'aws',
    everyMs,
    first: ({ since }) => ({ from: dayOf(since), folder: 0, after: '', mark: since, known: [], fresh: [], queue: [] }),
    ask: (place, { queue: [file], folder, after, from, round }, now) => {
      if (file !== undefined) return { url: under(place.settings, pathIn(place, file)) };
      const prefix = foldersOf(service, place, from, round ?? now)[folder] ?? '';
      return { url: under(place.settings, pathIn(place), listQuery({ prefix, after })) };
    },
    read: (place, cursor, answer, now) => {
      if (cursor.queue.length === 0) return list(place, cursor, answer, now);
      return { ...eventsIn(answer.body), cursor: { ...cursor, queue: cursor.queue.slice(1) }, more: true };
    },
    leaveOut: (place, { queue: [file, ...queue], ...cursor }, why) =>
      file === undefined
        ? undefined
        : {
            events: [leftOut(pathIn(place, file), why)],
            enveloped: true,
            cursor: { ...cursor, queue },
            more: true,
            reachedAt: null,
          },
    // A file that is gone holds up no other.
    around: (_place, cursor, { status }) =>
      cursor.queue.length > 0 && status === 404
        ? { events: [], cursor: { ...cursor, queue: cursor.queue.slice(1) }, more: true, reachedAt: null }
        : undefined,
  };
};

const trail = (body: Buffer) => {
  const events = eventsOf(body, 'Records');
  return { events, reachedAt: latestOf(events, 'eventTime') };
};

/** Made while they are appended: all at once would be many times their file. */
const flowsIn = function* (body: Buffer): Generator<Buffer> {
  for (const line of headedLines(body)) yield Buffer.isBuffer(line) ? line : Buffer.from(JSON.stringify(line));
};

const flows = (body: Buffer) => {
  let latest = 0;
  for (const line of headedLines(body)) if (!Buffer.isBuffer(line)) latest = Math.max(latest, Number(line.end) || 0);
  return { events: flowsIn(body), reachedAt: latest * 1_000 || null };
};

export const cloudtrail = filesIn('cloudtrail-s3', 'CloudTrail', 5 * MINUTE_MS, trail);
export const vpcFlow = filesIn('vpc-flow-s3', 'vpcflowlogs', 5 * MINUTE_MS, flows);
