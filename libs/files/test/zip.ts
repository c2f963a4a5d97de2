import { crc32 } from 'node:zlib';

const numbers = (...fields: [value: number, bytes: 2 | 4][]): Buffer =>
  Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );

/** What local header and directory say alike of a file that is stored as it is. */
const aboutFile = (name: string, bytes: Buffer): Buffer =>
  numbers(
    [20, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0x21, 2],
    [crc32(bytes), 4],
    [bytes.length, 4],
    [bytes.length, 4],
    [name.length, 2],
    [0, 2],
  );

/** A zip archive of files by their names, each stored as it is. */
export const zipOf = (files: Record<string, string | Buffer>): Buffer => {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const [bytes, called] = [Buffer.from(content as string), Buffer.from(name)];
    const about = aboutFile(name, bytes);
    const part = Buffer.concat([Buffer.from('PK\u0003\u0004'), about, called, bytes]);
    const entry = numbers([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), numbers([20, 2]), about, entry, called]));
    parts.push(part);
    at += part.length;
  }
  const listed = Buffer.concat(directory);
  const count = directory.length;
  const end = numbers([0, 2], [0, 2], [count, 2], [count, 2], [listed.length, 4], [at, 4], [0, 2]);
  return Buffer.concat([...parts, listed, Buffer.from('PK\u0005\u0006'), end]);
};
