import { windows } from '../sources/windows/index.js';
import { deadLettersOf, MOST_REJECTED } from './dead-letters.js';
import { headersOfPlace, asDeadLetter } from './records.js';
import { readMessage, readInSteps, type WantedPieces } from './message.js';
import type { IngestPlace } from './topic.js';
import { MOST_PIECES, rangesIn, rangesOf, rangesText } from './piece-ranges.js';

const place: IngestPlace = {
  topic: 'ingest.acme.edr',
  partition: 0,
  offset: '41',
  timestamp: Date.UTC(2026, 10, 2, 10),
};
const lines = (count: number, line: (at: number) => string): Buffer =>
  Buffer.from(Array.from({ length: count }, (_, at) => line(at)).join('\n'));
const read = (message: Buffer, wanted?: WantedPieces) => {
  const found = readMessage(message, place, windows, wanted);
  return { ...found, lost: deadLettersOf(found, message, place) };
};
const again = (message: Buffer, { index, ranges }: ReturnType<typeof deadLettersOf>[number]) => {
  const [one] = asDeadLetter({
    topic: 'vigie.collection.retry',
    partition: 0,
    offset: '0',
    timestamp: 9,
    key: 'acme',
    value: message,
    headers: headersOfPlace(place, index, ranges),
  });
  return read(message, one?.wanted);
};

describe('a message of very many pieces', () => {
  it('gives 22 dead letters at most, which stand for every piece', () => {
    const { events, lost } = read(lines(32_000, () => 'x'));
    expect(events).toEqual([]);
    expect(lost).toHaveLength(MOST_REJECTED + 2);
    expect(lost.reduce((sum, { count }) => sum + count, 0)).toBe(32_000);
    expect(lost.slice(-2).map(({ code, count, ranges }) => [code, count, ranges])).toEqual([
      ['MORE_REJECTED', 9_980, [[20, 9_999]]],
      ['TOO_MANY_EVENTS', 22_000, [[10_000, 31_999]]],
    ]);
    expect(lost.at(-2)?.sentence).toContain('9980 × NOT_JSON');
    expect(new Set(lost.map(({ id }) => id)).size).toBe(22);
  });

  it('gives the same letters when it comes again', () => {
    const message = lines(32_000, () => 'x');
    expect(read(message).lost.map(({ id }) => id)).toEqual(read(message).lost.map(({ id }) => id));
  });

  it('is read on, part by part, when its letters are sent again: each piece once, under the index it has', () => {
    const message = lines(25_000, (at) => `{"Hostname":"h${at % 9}"}`);
    const seen: number[] = [];
    for (let part = read(message); ; part = again(message, part.lost[0] as ReturnType<typeof deadLettersOf>[number])) {
      seen.push(...part.events.map(({ index }) => index));
      if (part.lost.length === 0) break;
      expect(part.lost.map(({ code }) => code)).toEqual(['TOO_MANY_EVENTS']);
    }
    expect(seen).toEqual(Array.from({ length: 25_000 }, (_, at) => at));
  });

  it('gives of the pieces that were rejected those alone, when they are sent again', () => {
    const message = lines(200, (at) => (at % 2 === 0 ? '{"Hostname":"h"}' : 'bad'));
    const { events, lost } = read(message);
    expect([events.length, lost.length, lost.at(-1)?.count]).toEqual([100, 21, 80]);
    const second = again(message, lost[20] as (typeof lost)[number]);
    expect(second.events).toEqual([]);
    expect(second.rejected.map(({ index }) => index)).toEqual(Array.from({ length: 80 }, (_, at) => 41 + 2 * at));
  });

  it('lets others have a turn after every 256 pieces', () => {
    const pieces = readInSteps(
      lines(32_000, () => 'x'),
      place,
      windows,
    );
    let pauses = 0;
    while (!pieces.next().done) pauses += 1;
    expect(pauses).toBe(Math.floor(MOST_PIECES / 256));
  });
});

describe('ranges of pieces', () => {
  it('are written and read', () => {
    expect(rangesText(rangesOf([1, 2, 3, 7, 9, 10]))).toBe('1-3,7-7,9-10');
    expect(rangesIn('1-3,7-7,9-')).toEqual([
      [1, 3],
      [7, 7],
      [9, Infinity],
    ]);
  });

  it.each(['', 'x', '1', '1-2;', '-3', '1-2,'])('are not read from "%s"', (text) =>
    expect(rangesIn(text)).toBeUndefined(),
  );

  it('are few, however many gaps there are', () => {
    const ranges = rangesOf(Array.from({ length: 5_000 }, (_, at) => 2 * at));
    expect(ranges).toHaveLength(200);
    expect(ranges.at(-1)).toEqual([398, 9_998]);
  });
});
