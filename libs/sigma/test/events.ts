import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtInPipeline, type JsonObject, type SourceKind } from '../src/index.js';

export const SOURCES_FOLDER = join(process.cwd(), 'libs', 'sigma', 'src', 'sources');

/** Events as a vendor writes them, one of every form its mapping knows. */
export const samplesOf = (kind: SourceKind): JsonObject[] =>
  readFileSync(join(SOURCES_FOLDER, kind, 'fixtures', 'events.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);

/** All of them: what the differential fuzz begins with. */
export const EVENTS: readonly { kind: SourceKind; event: JsonObject }[] = (
  Object.keys(builtInPipeline) as SourceKind[]
).flatMap((kind) => samplesOf(kind).map((event) => ({ kind, event })));
