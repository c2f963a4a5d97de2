const BLOCK = 512;

const entry = (name: string, content: Buffer, type: string): Buffer => {
  const header = Buffer.alloc(BLOCK);
  header.write(name.slice(0, 100), 0);
  header.write('0000644\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
};

/** An archive of tar; names that are too long as GNU writes them. */
export const tarOf = (files: Record<string, Buffer | string>): Buffer =>
  Buffer.concat([
    ...Object.entries(files).flatMap(([name, content]) => [
      ...(name.length > 100 ? [entry('././@LongLink', Buffer.from(`${name}\0`), 'L')] : []),
      entry(name, Buffer.from(content), name.endsWith('/') ? '5' : '0'),
    ]),
    Buffer.alloc(2 * BLOCK),
  ]);
