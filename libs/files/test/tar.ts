const BLOCK = 512;

/** A header and what stands behind it. @param size as its field says it. */
export const tarEntry = (
  name: string,
  content: Buffer | string,
  type = '0',
  size: number | Buffer = Buffer.byteLength(content),
): Buffer => {
  const [header, bytes] = [Buffer.alloc(BLOCK), Buffer.from(content)];
  header.write(name.slice(0, 100), 0);
  header.write('0000644\0', 100);
  if (typeof size === 'number') header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  else size.copy(header, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  if ('12'.includes(type)) header.write('elsewhere', 157);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
};

/** An extension of POSIX: of the next entry (`x`), or all behind it (`g`). */
export const paxEntry = (said: Record<string, string>, type: 'x' | 'g' = 'x'): Buffer => {
  const records = Object.entries(said).map(([name, value]) => {
    const rest = Buffer.byteLength(` ${name}=${value}\n`);
    const length = rest + String(rest + String(rest).length).length;
    return `${length} ${name}=${value}\n`;
  });
  return tarEntry('PaxHeaders/x', records.join(''), type);
};

export const tarOfEntries = (...entries: Buffer[]): Buffer => Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);

/** An archive of tar; names that are too long as GNU writes them. */
export const tarOf = (files: Record<string, Buffer | string>): Buffer =>
  tarOfEntries(
    ...Object.entries(files).flatMap(([name, content]) => [
      ...(name.length > 100 ? [tarEntry('././@LongLink', `${name}\0`, 'L')] : []),
      tarEntry(name, content, name.endsWith('/') ? '5' : '0'),
    ]),
  );
