import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Command, CommanderError } from 'commander';
import { defineNormalize } from './normalize.js';

const LOGON = '{"Channel":"Security","EventID":4625,"Computer":"h1","TimeCreated":"2026-11-28T05:00:00Z"}';
const RECEIVED = ['--received-at', '2026-11-28T19:00:00Z'];

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'vigie-normalize-spec-'))));
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
  process.exitCode = undefined;
});

const normalize = async (bytes: string | Buffer, ...flags: string[]): Promise<string> => {
  writeFileSync(join(dir, 'input'), bytes);
  const printed: string[] = [];
  const written = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(printed.push(String(text))));
  const command = new Command('normalize')
    .argument('<file>')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  defineNormalize(command);
  await command
    .parseAsync(['node', 'normalize', ...RECEIVED, ...flags, join(dir, 'input')])
    .finally(() => written.mockRestore());
  return printed.join('');
};
const lines = async (...args: Parameters<typeof normalize>): Promise<unknown[]> =>
  (await normalize(...args, '--json'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

const event = (occurredAt: string, flags: string[] = []) => ({
  event: {
    occurredAt,
    flags,
    entity: 'host:h1',
    class: 3002,
    observables: [{ kind: 'hostname', value: 'h1' }],
    native: expect.objectContaining({ EventID: 4625 }),
  },
});

it.each(['http', 'kafka', 'tcp', 'udp'])(
  'prints a line an event and one a dead letter, as they lie there, by %s',
  async (via) => {
    const untimed = '{"Channel":"Security","EventID":4625,"Computer":"h1"}';
    const parts = via === 'udp' ? [LOGON] : [LOGON, '{broken', untimed];
    const [first, dead, last, ...rest] = await lines(parts.join('\n'), '--source', 'WINDOWS', '--via', via);
    expect(first).toEqual(event('2026-11-28T05:00:00.000Z'));
    expect(rest).toEqual([]);
    expect(process.exitCode).toBeUndefined();
    if (via === 'udp') return;
    expect(dead).toEqual({
      dead: { code: 'NOT_JSON', sentence: expect.stringContaining('not JSON'), bytes: '{broken' },
    });
    expect(last).toEqual(event('2026-11-28T19:00:00.000Z', ['time-missing']));
  },
);

it.each([
  ['hec', `{"event":${LOGON}}`],
  ['otlp', JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: LOGON } }] }] }] })],
])('unwraps a body as its door does: %s', async (via, body) =>
  expect(await lines(body, '--source', 'windows', '--via', via)).toEqual([event('2026-11-28T05:00:00.000Z')]),
);

it('keeps what the vendor wrote, digit for digit, on one line', async () => {
  const printed = await normalize(
    '{\r\n"id": 9232379236109517000,\n"t": "a\\nb"}',
    '--source',
    'okta',
    '--via',
    'kafka',
    '--json',
  );
  expect(printed).toContain('"native":{ "id": 9232379236109517000, "t": "a\\nb"}');
  expect(printed.trim().split('\n')).toHaveLength(1);
});

it('says the bytes of what is not UTF-8 besides its text', async () => {
  const bytes = Buffer.from('{"a":"caf\xe9"}', 'latin1');
  expect(await lines(bytes, '--source', 'okta', '--via', 'http')).toEqual([
    {
      dead: {
        code: 'WRONG_ENCODING',
        sentence: expect.any(String),
        bytes: '{"a":"caf\ufffd"}',
        base64: bytes.toString('base64'),
      },
    },
  ]);
});

it.each<[string, string | Buffer, string[], object]>([
  ['a body with no event', ' \n', ['--via', 'http'], { status: 400, code: 'EMPTY' }],
  ['another path', LOGON, ['--via', 'http', '--path', '/else'], { status: 404, code: 'NO_SUCH_PATH' }],
  [
    'what is no gzip',
    LOGON,
    ['--via', 'http', '--header', 'Content-Encoding: gzip'],
    { status: 400, code: 'BAD_BODY' },
  ],
  ['a body of no OTLP', 'x', ['--via', 'otlp'], { status: 400 }],
])('says why a body is refused as a whole, and ends with 1: %s', async (_what, body, flags, refused) => {
  expect(await lines(body, '--source', 'windows', ...flags)).toEqual([
    { refused: expect.objectContaining({ ...refused, sentence: expect.stringMatching(/\S/) }) },
  ]);
  expect(process.exitCode).toBe(1);
});

it('sends the headers it is told', async () =>
  expect(
    await lines(gzipSync(LOGON), '--source', 'windows', '--via', 'http', '--header', 'content-encoding: gzip'),
  ).toEqual([event('2026-11-28T05:00:00.000Z')]));

it('takes nothing for nothing where nobody is answered', async () => {
  for (const via of ['tcp', 'udp', 'kafka']) expect(await lines('', '--source', 'linux', '--via', via)).toEqual([]);
});

it('is a table for people', async () =>
  expect(await normalize(`${LOGON}\nx\n`, '--source', 'windows', '--via', 'http')).toMatch(
    /when .*class.*\n.*\n2026-11-28T05:00:00\.000Z .*host:h1 .*3002 .*\ndead .*NOT_JSON.*\n1 events, 1 dead letters\n$/,
  ));

it.each([
  ['a kind that is none', ['--source', 'unknown', '--via', 'http']],
  ['a way that is none', ['--source', 'okta', '--via', 'pigeon']],
  ['no way', ['--source', 'okta']],
  ['a time that is none', ['--source', 'okta', '--via', 'http', '--received-at', 'today']],
  ['a header that is none', ['--source', 'okta', '--via', 'http', '--header', 'gzip']],
])('takes %s for a wrong call', async (_what, flags) => {
  await expect(normalize('{}', ...flags)).rejects.toThrow(CommanderError);
});

it('says what is more than a datagram, or than a topic takes', async () => {
  await expect(normalize('x'.repeat(70_000), '--source', 'linux', '--via', 'udp')).rejects.toThrow('a datagram has');
  await expect(normalize('x'.repeat(1_100_000), '--source', 'linux', '--via', 'kafka')).rejects.toThrow('topic takes');
});
