import { readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { linesOf } from './lines.js';

const BEGINNING = 1024 * 1024;
/** A document is read as a whole; lines are not. */
const MOST_BYTES = 256 * 1024 * 1024;

const beginningOf = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return buffer.toString('utf8', 0, bytesRead).trimStart();
  } finally {
    await file.close();
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/**
 * Whether a file is one document and not a line an event: an array, an object over several lines, or CloudTrail's
 * `Records`.
 */
const isDocument = (beginning: string): boolean => {
  const [first = ''] = beginning.split('\n', 1);
  return (
    beginning.startsWith('[') ||
    (beginning.startsWith('{') &&
      (/^\{\s*"Records"\s*:\s*\[/.test(beginning) ||
        (first.length < BEGINNING && parsed(first) === undefined && beginning.includes('\n'))))
  );
};

const eventsIn = (document: unknown): unknown[] => {
  if (Array.isArray(document)) return document;
  const { Records: records } = document as { Records?: unknown };
  return Array.isArray(records) ? records : [document];
};

/**
 * Events of a file, each as one line of JSON: JSON lines (plain, .gz or .zip) one at a time; a .json file that is an
 * array, an object or CloudTrail's `{ "Records": […] }` as a whole. @throws Refused when the file cannot be read.
 */
export async function* eventLinesOf(path: string): AsyncGenerator<string> {
  const stat = statSync(path, { throwIfNoEntry: false });
  const whole =
    /\.json$/i.test(path) && stat?.isFile() && stat.size <= MOST_BYTES && isDocument(await beginningOf(path));
  const document = whole ? parsed(readFileSync(path, 'utf8')) : undefined;
  if (typeof document !== 'object' || document === null) return yield* linesOf(path);
  for (const event of eventsIn(document)) yield JSON.stringify(event);
}
