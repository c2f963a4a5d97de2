import { concatenated, splitJson } from './json-pieces.js';

const split = (text: string, key?: string): string[] => splitJson(Buffer.from(text), key).map(String);

describe('splitJson', () => {
  it.each([
    ['JSON lines', '{"a":1}\n{"b":2}\r\n\n{"c":3}\n', ['{"a":1}', '{"b":2}', '{"c":3}']],
    ['one object', ' {"a":1} ', ['{"a":1}']],
    ['one object over several lines', '{\n "a": 1\n}\n', ['{\n "a": 1\n}']],
    ['an array', '[{"a":1}, {"b":[1,2]},3,"x,]"]', ['{"a":1}', '{"b":[1,2]}', '3', '"x,]"']],
    ['an empty array', '[]', []],
    ['nothing', ' \n ', []],
    ['brackets and quotes in text', '{"a":"}\\"{"}\n{"b":"\\\\"}', ['{"a":"}\\"{"}', '{"b":"\\\\"}']],
    ['a broken line among good ones', '{"a":1}\n{"b":\n{"c":3}', ['{"a":1}', '{"b":', '{"c":3}']],
    ['lines that close each other', '{"a":1\n{"b":2}}', ['{"a":1', '{"b":2}}']],
    ['a first line that never closes', '{"a":"\n{"b":2}', ['{"a":"', '{"b":2}']],
    ['text that is not JSON', 'hello\nworld', ['hello', 'world']],
    ['a syslog header before JSON', '<13>Nov 20 10:11:12 host app[5]: {"a":1}', ['{"a":1}']],
  ])('cuts %s', (_name, text, events) => {
    expect(split(text)).toEqual(events);
  });

  it('unwraps the array of an envelope, wherever its key stands', () => {
    expect(split('{"x":{"Records":[9]},"n":1,"Records":[{"a":1},{"b":2}]}', 'Records')).toEqual(['{"a":1}', '{"b":2}']);
    expect(split('{"Records":[{"a":1}]}\n{"Records":[{"b":2}]}', 'Records')).toEqual(['{"a":1}', '{"b":2}']);
    expect(split('{"a":1}', 'Records')).toEqual(['{"a":1}']);
    expect(splitJson(Buffer.from('{"value":[{"a":1}]}'), ['records', 'value']).map(String)).toEqual(['{"a":1}']);
  });
});

describe('concatenated', () => {
  it('cuts values that follow each other', () => {
    expect(concatenated(Buffer.from('{"a":1}{"b":"}"} \n{"c":3}'))?.map(String)).toEqual([
      '{"a":1}',
      '{"b":"}"}',
      '{"c":3}',
    ]);
    expect(concatenated(Buffer.from('{"a":1}{"b"'))).toBeUndefined();
    expect(concatenated(Buffer.from('nonsense'))).toBeUndefined();
  });
});
