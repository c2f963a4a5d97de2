import { ndjson } from './formats.js';
import { packed } from './packing.js';

const read = (body: string): string[] =>
  ndjson.read(Buffer.from(body), { contentType: '', query: new URLSearchParams() }).events.map(String);

describe('what clients post', () => {
  it('NDJSON stays as it is, broken lines too', () => {
    expect(read('{"a":1}\nbroken\n{"b":2}\n')).toEqual(['{"a":1}', 'broken', '{"b":2}']);
  });

  it.each([
    ['lines', () => '0\n'.repeat(100_001)],
    ['an array', () => `[${'{},'.repeat(100_000)}{}]`],
  ])('more %s than one request may hold are refused', (_name, body) => {
    expect(() => read(body())).toThrow(expect.objectContaining({ status: 413, code: 'TOO_MANY_EVENTS' }));
  });
});

describe('packing', () => {
  it('joins lines and leaves what has line breaks alone', () => {
    const messages = packed(['{"a":1}', '{"b":2}', '{\n"c":3}', '{"d":4}'].map((text) => Buffer.from(text))).map(
      String,
    );
    expect(messages).toEqual(['{"a":1}\n{"b":2}', '{\n"c":3}', '{"d":4}']);
  });

  it('puts no more lines into a message than are read of one', () => {
    const messages = packed(Array.from({ length: 12_001 }, () => Buffer.from('{}'))).map(
      (message) => String(message).split('\n').length,
    );
    expect(messages).toEqual([5_000, 5_000, 2_001]);
  });

  it('bounds a message', () => {
    expect(packed(Array.from({ length: 10 }, () => Buffer.alloc(100_000, 'x'))).map(({ length }) => length)).toEqual(
      Array.from({ length: 5 }, () => 200_001),
    );
  });
});
