import { join } from 'node:path';
import { besideCheckout } from '#libs/testing';
import { windows } from '../src/sources/windows/index.js';
import type { NativeObject } from '../src/sources/source.js';
import { recordOf } from '../src/sources/windows/fields.js';
import { archivesUnder, jsonIn } from './archives.js';

/** The recordings beside the checkout, or nothing. */
const recordings = besideCheckout('shared/data/otrf');

const LARGEST = 4_000_000;

const whenThere = recordings === undefined ? describe.skip : describe;

/** What an event without a class is; undefined for one that has a class. */
const nameless = (piece: Buffer): string | undefined => {
  const event = JSON.parse(String(piece)) as NativeObject;
  if (windows.normalise(event, piece).ocsf.classUid !== 0) return undefined;
  const { Channel: channel, EventID: id } = recordOf(event).system;
  return `${String(channel ?? event.Type ?? 'no channel').toLowerCase()} ${String(id ?? '')}`.trim();
};

/** Events without a class by what they are, and all, of some archives. */
const told = async (paths: string[]): Promise<{ events: number; without: Map<string, number> }> => {
  const without = new Map<string, number>();
  let events = 0;
  for (const path of paths) {
    const pieces = (await jsonIn(path)).flatMap((bytes) => windows.split(bytes));
    events += pieces.length;
    for (const name of pieces.map(nameless)) if (name !== undefined) without.set(name, (without.get(name) ?? 0) + 1);
  }
  return { events, without };
};

/** What is left: single ids of many providers, and what other products write into such a table. */
const NAMELESS = [
  'application',
  'application 15',
  'application 16384',
  'application 16394',
  'application 412',
  'auditlogs',
  'officeactivity',
  'security 4797',
  'serviceprincipal',
  'syslog',
  'system 10',
  'system 10016',
  'system 11',
  'system 19',
  'system 43',
  'system 44',
  'vmconnection',
];

/**
 * How many events of real Windows logs have no OCSF class. The tables follow public documentation; every second archive
 * was looked at while they were written, so what is measured is the others.
 */
whenThere('classes of recorded Windows events (skipped: no ../shared/data)', () => {
  it('are known for 99 of 100, and the rest is named', async () => {
    const archives = [
      ...archivesUnder(join(recordings ?? '', 'atomic/windows'), LARGEST),
      ...archivesUnder(join(recordings ?? '', 'compound'), LARGEST),
    ].sort();
    const { events, without } = await told(archives.filter((_, at) => at % 2 === 1));
    const none = [...without.values()].reduce((sum, count) => sum + count, 0);
    expect(events).toBeGreaterThan(100_000);
    expect(none / events).toBeLessThan(0.01);
    expect([...without.keys()].sort()).toEqual(NAMELESS);
  });
});
