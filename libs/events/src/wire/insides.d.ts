/** What is taken over of the client's insides: 2.2.4 has no types of them. A spec holds their texts still. */

declare module 'kafkajs/src/protocol/recordBatch/crc32C/index.js' {
  const crc32c: (bytes: Buffer) => number;
  export default crc32c;
}

declare module 'kafkajs/src/protocol/encoder.js' {
  class Encoder {
    buf: Buffer;
    offset: number;
    constructor(initialSize?: number);
    get buffer(): Buffer;
    writeEncoder(value: Encoder): this;
  }
  export default Encoder;
}

declare module 'kafkajs/src/protocol/requests/produce/index.js' {
  import type Encoder from 'kafkajs/src/protocol/encoder.js';
  interface ProduceProtocol {
    request: { encode(): Promise<Encoder> };
  }
  const produce: { protocol(of: { version: number }): (options: unknown) => ProduceProtocol };
  export default produce;
}

declare module 'kafkajs/src/protocol/requests/fetch/index.js' {
  interface FetchProtocol {
    response: { decode(raw: Buffer): Promise<unknown> };
  }
  const fetch: { protocol(of: { version: number }): (options: unknown) => FetchProtocol };
  export default fetch;
}

declare module 'kafkajs/src/protocol/decoder.js' {
  class Decoder {
    constructor(bytes: Buffer);
    readInt16(): number;
    readInt32(): number;
    readInt64(): bigint;
    readString(): string | null;
    /** Behind their length; null where it is -1. */
    readBytes(): Buffer | null;
    readArray<T>(read: () => T): T[];
    readArrayAsync<T>(read: () => Promise<T>): Promise<T[]>;
  }
  export default Decoder;
}

/** What only specs look at. */
declare module 'kafkajs/src/*' {
  const inside: unknown;
  export default inside;
}
