import { cpuClock } from '#libs/testing';
import { hecEvents, hecRaw } from './hec-formats.js';
import type { Refusal } from './refusal.js';
import type { TakenBody } from './body-format.js';

const about = (query = '') => ({ contentType: '', query: new URLSearchParams(query) });
const take = (body: string | Buffer, query?: string): TakenBody => hecEvents.read(Buffer.from(body), about(query));
const raw = (body: string | Buffer, query?: string): TakenBody => hecRaw.read(Buffer.from(body), about(query));
const lines = ({ events }: TakenBody): unknown[] => events.map((line) => JSON.parse(String(line)) as unknown);
const answerOf = (work: () => TakenBody): unknown => {
  try {
    const { refusal } = work();
    return refusal && hecEvents.refused(refusal, about());
  } catch (error) {
    return hecEvents.refused(error as Refusal, about());
  }
};
const dead = (code: string) => expect.objectContaining({ problem: { code, sentence: expect.any(String) } });

const AT = 1795892400500;

describe('HEC events', () => {
  it.each<[string, string, unknown[]]>([
    [
      'an object with all that Splunk knows',
      '{"time":1795892400.5,"host":"srv9","source":"s","sourcetype":"t","index":"i","fields":{"site":"paris","n":["a","b"]},"event":{"a":1}}',
      [
        {
          by: 'hec',
          at: AT,
          host: 'srv9',
          said: {
            time: 1795892400.5,
            host: 'srv9',
            source: 's',
            sourcetype: 't',
            index: 'i',
            fields: { site: 'paris', n: ['a', 'b'] },
          },
          event: { a: 1 },
        },
      ],
    ],
    ['a text', '{"event":"plain"}', [{ by: 'hec', said: {}, event: 'plain' }]],
    ['objects joined, with and without breaks', '{"event":"a"}{"event":"b"}\n {"event":"c"}\0', ['a', 'b', 'c']],
    ['an array, as newer clients send', '[{"event":"a"},{"event":"b"}]', ['a', 'b']],
    ['arrays and objects in turn', '\ufeff[{"event":"a"}]\n{"event":"b"}[{"event":"c"}]', ['a', 'b', 'c']],
    ['braces and quotes in texts', '{"event":"}{\\"]["}{"event":"\\\\"}', ['}{"][', '\\']],
    ['over several lines', '{\n "event": {\n  "a": 1\n }\n}', [expect.objectContaining({ event: { a: 1 } })]],
    ['a number', '{"event":5}', [expect.objectContaining({ event: 5 })]],
    [
      'fields alone, a metric',
      '{"fields":{"metric_name:cpu":1}}',
      [expect.objectContaining({ event: { 'metric_name:cpu': 1 } })],
    ],
    ['the last of two events', '{"event":"a","event":"b"}', ['b']],
  ])('%s', (_what, body, expected) => {
    const found = lines(take(body));
    expect(found).toEqual(
      expected.map((one) => (typeof one === 'string' ? expect.objectContaining({ event: one }) : one)),
    );
  });

  it('keeps every digit, and no line break', () => {
    const [line] = take('{"event":{"Keywords":9232379236109516800,\n"x":1.10}}').events;
    expect(String(line)).toContain('"event":{"Keywords":9232379236109516800, "x":1.10}}');
  });

  it('keeps the digits of what is said, and says once what is the event', () => {
    const [line, metric] = take(
      '{"time":1795892400.50,"fields":{"n":9232379236109516800},"event":"a"}{"fields":{"m":1}}',
    ).events.map(String);
    expect(line).toContain('"said":{"time":1795892400.50,"fields":{"n":9232379236109516800}}');
    expect(JSON.parse(metric ?? '')).toEqual({ by: 'hec', said: {}, event: { m: 1 } });
  });

  it('writes what the query says of all around as many as there is room for, and flags the others', () => {
    const { events } = take('{"event":"a"}'.repeat(10_000), `source=${'s'.repeat(8_000)}&host=h1`);
    const [isWhole, last] = [events.length, JSON.parse(String(events.at(-1))) as object];
    expect(isWhole).toBe(10_000);
    expect(last).toEqual({ by: 'hec', host: 'h1', flags: ['envelope-truncated'], said: {}, event: 'a' });
    expect(events.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(40 * 1024 * 1024);
  });

  it.each<[string, unknown, object]>([
    ['seconds', 1795892400.5, { at: AT }],
    ['text', '1795892400.5', { at: AT }],
    ['text with an exponent', '1.7958924005e9', { at: AT }],
    ['milliseconds', 1795892400500, { at: AT }],
    ['microseconds', 1795892400500000, { at: AT }],
    ['nanoseconds', '1795892400500000000', { at: AT }],
    ['1970', 1, { flags: ['time-impossible'] }],
    ['zero', 0, { flags: ['time-impossible'] }],
    ['before 1970', -5, { flags: ['time-impossible'] }],
    ['the year 9999', 253402300799, { flags: ['time-impossible'] }],
    ['null', null, {}],
  ])('a time in %s', (_what, time, expected) => {
    const [line] = lines(take(JSON.stringify({ time, event: 'x' })));
    expect(line).toEqual({ by: 'hec', said: { time }, event: 'x', ...expected });
  });

  it.each(['localhost', '', '-', 'a b', 'x'.repeat(300), 5, { a: 1 }])('no host is called %j', (host) => {
    expect(lines(take(JSON.stringify({ host, event: 'x' })))[0]).not.toHaveProperty('host');
  });

  it.each<[string, string, number, number, object]>([
    ['nothing', '', 400, 5, {}],
    ['blanks', ' \n', 400, 5, {}],
    ['an empty array', '[]', 400, 5, {}],
    ['no JSON', 'x', 400, 6, { 'invalid-event-number': 0 }],
    ['an event that is broken off', '{"event":"a"', 400, 6, { 'invalid-event-number': 0 }],
    ['an array of no objects', '[1]', 400, 6, { 'invalid-event-number': 0 }],
    ['no event', '{"no":"event"}', 400, 12, { 'invalid-event-number': 0 }],
    ['an empty event', '{"event":"","time":1}', 400, 13, { 'invalid-event-number': 0 }],
    ['a blank event', '{"event":" "}', 400, 13, { 'invalid-event-number': 0 }],
    ['null', '{"event":null}', 400, 13, { 'invalid-event-number': 0 }],
    ['an event without members', '{"event":{}}', 400, 13, { 'invalid-event-number': 0 }],
    ['nested fields', '{"event":"a","fields":{"a":{"b":1}}}', 400, 15, { 'invalid-event-number': 0 }],
    ['a time in words', '{"event":"a","time":"yesterday"}', 400, 15, { 'invalid-event-number': 0 }],
    [
      'what nests too deeply',
      `{"event":"a","host":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      400,
      6,
      { 'invalid-event-number': 0 },
    ],
  ])('answers %s as Splunk does', (_what, body, status, code, more) => {
    expect(answerOf(() => take(body))).toEqual({ status, body: { text: expect.any(String), code, ...more } });
  });

  it('takes what is well of a body, sets the rest aside, and names the first that is wrong', () => {
    const body = '{"event":"a"}{"event":""}{"event":"b"}{"no":1}{"event":"c"} junk {"event":"d"}';
    expect(lines(take(body))).toEqual([
      expect.objectContaining({ event: 'a' }),
      dead('NO_EVENT'),
      expect.objectContaining({ event: 'b' }),
      dead('NO_EVENT'),
      expect.objectContaining({ event: 'c' }),
      expect.objectContaining({ event: 'junk {"event":"d"}', problem: expect.objectContaining({ code: 'NOT_JSON' }) }),
    ]);
    expect(answerOf(() => take(body))).toEqual({
      status: 400,
      body: { text: 'Event field cannot be blank', code: 13, 'invalid-event-number': 1 },
    });
  });

  it('keeps all of a body whose end cannot be found, in letters that a topic takes', () => {
    const rest = `{"event":"${'x'.repeat(1_500_000)}`;
    const { events } = take(`{"event":"a"}${rest}`);
    const letters = lines({ events: events.slice(1) }) as { event: string }[];
    expect(letters.map(({ event }) => event).join('')).toBe(rest);
    expect(Math.max(...events.map(({ length }) => length))).toBeLessThan(1_000_000);
  });

  it('sets aside an event that is larger than a topic takes', () =>
    expect(lines(take(`{"event":"a"}{"event":"${'x'.repeat(1_040_000)}"}`)).slice(1)).toEqual(
      Array.from({ length: 7 }, () => dead('TOO_LARGE')),
    ));

  it('parses nothing that is larger than a topic takes', () => {
    const parse = jest.spyOn(JSON, 'parse');
    const { events } = take(`{"event":"a"}{"event":[${'[],'.repeat(400_000)}[]]}`);
    const longest = Math.max(...parse.mock.calls.map(([text]) => text.length));
    parse.mockRestore();
    expect(longest).toBeLessThan(1_000_000);
    expect(lines({ events: events.slice(1, 2) })).toEqual([dead('TOO_LARGE')]);
  });

  it('refuses more events than one request may hold', () =>
    expect(answerOf(() => take('{"event":1}'.repeat(100_001)))).toMatchObject({ status: 413, body: { code: 27 } }));

  it.each([
    ['braces', '{"event":"a"}' + '{'.repeat(1_000_000)],
    ['quotes', '{"event":"a"}{' + '"'.repeat(1_000_001)],
    ['commas in an array', `[{"event":"a"}${','.repeat(1_000_000)}]`],
    ['brackets', `{"event":"a"}${'[]'.repeat(500_000)}`],
  ])('a megabyte of %s takes no long time', (_what, body) => {
    const spentMs = cpuClock();
    take(body);
    expect(spentMs()).toBeLessThan(500);
  });
});

describe('HEC raw', () => {
  it('takes lines, with what the query says of all', () =>
    expect(lines(raw('one\r\n\ntwo {}\n{"a":1}\n', 'host=h1&source=s&sourcetype=t&index=i&time=1795892400.5'))).toEqual(
      ['one', 'two {}', { a: 1 }].map((event) => ({
        by: 'hec',
        at: AT,
        host: 'h1',
        said: { host: 'h1', source: 's', sourcetype: 't', index: 'i', time: '1795892400.5' },
        event,
      })),
    ));

  it('keeps bytes that are not UTF-8, and says so', () =>
    expect(lines(raw(Buffer.from('caf\xe9', 'latin1')))).toEqual([
      { by: 'hec', flags: ['encoding-assumed:latin-1'], said: {}, event: 'café' },
    ]));

  it('answers a body of nothing as Splunk does', () =>
    expect(answerOf(() => raw('\n'))).toEqual({ status: 400, body: { text: 'No data', code: 5 } }));
});
