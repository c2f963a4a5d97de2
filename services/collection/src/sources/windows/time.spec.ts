import { readMessage } from '../../ingest/message.js';
import { windows } from './index.js';

/** Of a recording: the collector wrote hours of twelve, in the time of its own zone, and called them UTC. */
const event = (utc: string, created: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      Hostname: 'ws5',
      UtcTime: utc,
      TimeCreated: created,
    }),
  );
const read = (utc: string, created: string, received: string) => {
  const place = { topic: 'ingest.acme.edr', partition: 0, offset: '0', timestamp: Date.parse(received) };
  const [one] = readMessage(event(utc, created), place, windows).events;
  return [new Date(one?.occurredAt ?? 0).toISOString(), one?.flags];
};

describe('two times of one event', () => {
  it('that disagree are noticed and named, and UtcTime counts', () =>
    expect(read('2022-07-05 21:00:36.466', '2022-07-05T02:00:36.466Z', '2022-07-06T00:00:00Z')).toEqual([
      '2022-07-05T21:00:36.466Z',
      ['times-disagree:UtcTime:TimeCreated:68400'],
    ]));

  it('that disagree are placed by the other when UtcTime lies after the receipt', () =>
    expect(read('2022-07-05 21:00:36.466', '2022-07-05T02:00:36.466Z', '2022-07-05T02:01:00Z')).toEqual([
      '2022-07-05T02:00:36.466Z',
      ['times-disagree:TimeCreated:UtcTime:-68400'],
    ]));

  it('may be some minutes apart', () =>
    expect(read('2022-07-05 21:00:36.388', '2022-07-05T21:05:36.000Z', '2022-07-06T00:00:00Z')[1]).toEqual([]));
});
