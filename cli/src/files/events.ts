import { partsOf, type FilePart } from '#libs/files';

/** CloudTrail's files are one object each. */
const RECORDS = /^\{\s*"Records"\s*:\s*\[/;

const eventsIn = (line: string): string[] => {
  if (!RECORDS.test(line)) return [line];
  try {
    const { Records: records } = JSON.parse(line) as { Records: unknown[] };
    return records.map((record) => JSON.stringify(record));
  } catch {
    return [line]; // Whoever matches it says that it is no JSON.
  }
};

/**
 * Events of a file, each as one line; CloudTrail's `{ "Records": […] }` as its records. @param lost hears what of it is
 * no event. @throws Refused when the file cannot be read.
 */
export async function* eventLinesOf(
  path: string,
  lost: (part: Extract<FilePart, { lost: unknown }>) => void,
): AsyncGenerator<string> {
  for await (const part of partsOf(path)) {
    if ('lost' in part) lost(part);
    else yield* eventsIn(part.event.toString('utf8'));
  }
}
