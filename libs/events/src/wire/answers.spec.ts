import { Answers } from './answers.js';

const framed = (text: string): Buffer => {
  const bytes = Buffer.alloc(4 + text.length);
  bytes.writeInt32BE(text.length);
  bytes.write(text, 4);
  return bytes;
};
const texts = ['first', '', 'x'.repeat(5_000), 'last'];
const stream = Buffer.concat(texts.map(framed));

describe('answers of a broker', () => {
  it.each([1, 2, 3, 7, 100, 5_009, stream.length])('are whole, however they are cut: by %s bytes', (size) => {
    const heard: Buffer[] = [];
    const answers = new Answers((answer) => heard.push(answer));
    for (let at = 0; at < stream.length; at += size) {
      // What is read is overwritten by what is read next.
      const read = Buffer.from(stream.subarray(at, at + size));
      answers.take(read);
      read.fill(0);
    }
    expect(heard).toEqual(texts.map(framed));
  });

  it.each([-1, 0x7fffffff])('are none of %s bytes', (length) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(length);
    expect(() => new Answers(() => undefined).take(bytes)).toThrow(`an answer of ${length} bytes`);
  });
});
