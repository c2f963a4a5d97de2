import { gzipSync, gunzipSync } from 'node:zlib';
import { deadLettersOf } from '../../services/collection/src/ingest/dead-letters.js';
import { readMessage, type ReadPieces } from '../../services/collection/src/ingest/message.js';
import { sourceOf } from '../../services/collection/src/sources/index.js';
import type { Attack } from './attack.js';

const PLACE = { topic: 'ingest.atk-gzip.edr', partition: 0, offset: '7', timestamp: Date.UTC(2026, 10, 2) };
const LINES = 32_000;

const taken = (message: Buffer): { read: ReadPieces; letters: number; lost: number } => {
  const source = sourceOf('WINDOWS');
  if (!source) throw new Error('there is no source');
  const read = readMessage(message, PLACE, source);
  const letters = deadLettersOf(read, message, PLACE);
  return { read, letters: letters.length, lost: letters.reduce((sum, { count }) => sum + count, 0) };
};

/** Some hundred bytes of gzip on the wire become very many lines, each of them a dead letter. */
export const gzipOfManyLines: Attack = {
  name: 'gzip-of-many-lines',
  line: 10,
  control: () => {
    const { read, letters, lost } = taken(Buffer.from('{"Hostname":"a"}\nbad\n{"Hostname":"b"}'));
    return read.events.length === 2 && letters === 1 && lost === 1;
  },
  attack: () => {
    const wire = gzipSync(Buffer.from('x\n'.repeat(LINES)));
    const { letters, lost } = taken(gunzipSync(wire));
    // Few letters, and no line that none of them stands for.
    return wire.length < 1_000 && letters < 100 && lost === LINES ? 'refused' : 'succeeded';
  },
  mutation: {
    file: 'services/collection/src/ingest/dead-letters.ts',
    find: 'rejected.slice(0, MOST_REJECTED).map(onePiece)',
    replace: 'rejected.map(onePiece)',
  },
};
