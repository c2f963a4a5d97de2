import { jsonInText, tooMuchIn } from './json-cost.js';

const most = { depth: 64, values: 1_000 };
const MIB = 1024 * 1024;

it.each<[string, string, string | undefined]>([
  ['brackets', '['.repeat(MIB), 'depth'],
  ['objects in objects', '{"a":'.repeat(200_000), 'depth'],
  ['brackets behind a value', `{"a":"]]]","b":${'['.repeat(5_000)}`, 'depth'],
  ['brackets in a text', `{"a":"${'['.repeat(5_000)}"}`, undefined],
  ['brackets behind a quote in a text', `{"a":"\\"${'['.repeat(5_000)}"}`, undefined],
  ['as deep as may be', `${'['.repeat(64)}"${'x'.repeat(5_000)}"${']'.repeat(64)}`, undefined],
  ['one deeper', `${'['.repeat(65)}"${'x'.repeat(5_000)}"${']'.repeat(65)}`, 'depth'],
  ['beside each other', `[${'[],'.repeat(400)}"${'x'.repeat(5_000)}"]`, undefined],
  ['many arrays', `[${'[],'.repeat(2_000)}0]`, 'values'],
  ['many members', `{${Array.from({ length: 2_000 }, (_, at) => `"k${at}":1`).join()}}`, 'values'],
  ['a text that does not end', `["${'\\'.repeat(5_001)}`, undefined],
])('knows what parsing would cost: %s', (_name, json, expected) => {
  expect(tooMuchIn(Buffer.from(json), most)).toBe(expected);
});

it('reads a text as JSON, and leaves what is none or costs too much', () => {
  expect(jsonInText('{"a":1}')).toEqual({ a: 1 });
  expect([jsonInText('{a'), jsonInText(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)]).toEqual([undefined, undefined]);
});
