const SHORT = 48;

/** Bytes of a text in UTF-8. */
export const bytesOfText = (text: string): number => {
  if (text.length > SHORT) return Buffer.byteLength(text);
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return Buffer.byteLength(text);
  return text.length;
};

const zigzag = (value: number): number => (value << 1) ^ (value >> 31);

/** Bytes of a number of 32 bits in Kafka's variable length. */
export const bytesOfVarint = (value: number): number => {
  const bits = 32 - Math.clz32(zigzag(value));
  return bits === 0 ? 1 : Math.ceil(bits / 7);
};

/** Writes one thing after the other into bytes that have room for all of them. */
export class ByteWriter {
  constructor(
    readonly bytes: Buffer,
    public at = 0,
  ) {}

  int8(value: number): this {
    this.bytes[this.at++] = value;
    return this;
  }

  int16(value: number): this {
    this.at = this.bytes.writeInt16BE(value, this.at);
    return this;
  }

  int32(value: number): this {
    this.at = this.bytes.writeInt32BE(value, this.at);
    return this;
  }

  int64(value: bigint): this {
    this.at = this.bytes.writeBigInt64BE(value, this.at);
    return this;
  }

  varint(value: number): this {
    let left = zigzag(value) >>> 0;
    for (; left > 0x7f; left >>>= 7) this.bytes[this.at++] = (left & 0x7f) | 0x80;
    this.bytes[this.at++] = left;
    return this;
  }

  /** @param bytes what bytesOfText() says of it. */
  text(text: string, bytes: number): this {
    if (bytes === text.length && bytes <= SHORT)
      for (let at = 0; at < bytes; at += 1) this.bytes[this.at++] = text.charCodeAt(at);
    else this.at += this.bytes.write(text, this.at, bytes, 'utf8');
    return this;
  }

  raw(bytes: Buffer): this {
    this.at += bytes.copy(this.bytes, this.at);
    return this;
  }
}
