import { connect } from 'node:net';

const TIMEOUT_MS = 2_000;
const OP_MSG = 2013;

/**
 * Asks the store `hello`, which needs no user: true once it is a primary that takes writes. Throws when it does not
 * answer.
 */
export function storeIsWritable(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let answer = Buffer.alloc(0);
    const leave = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(TIMEOUT_MS, () => leave(new Error(`the store did not answer within ${TIMEOUT_MS / 1000} s`)));
    socket.on('error', leave);
    socket.on('close', () => reject(new Error('the store closed the connection')));
    socket.on('connect', () => socket.write(HELLO));
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length < 4 || answer.length < answer.readInt32LE(0)) return;
      socket.destroy();
      resolve(answer.includes(WRITABLE));
    });
  });
}

const int32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
};
const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const withLength = (...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([int32(body.length + 4), body]);
};

/** OP_MSG with the one document { hello: 1, $db: 'admin' }. */
const document = withLength(
  Buffer.of(0x10),
  text('hello'),
  int32(1),
  Buffer.of(0x02),
  text('$db'),
  int32(6),
  text('admin'),
  Buffer.of(0),
);
const HELLO = withLength(int32(1), int32(0), int32(OP_MSG), int32(0), Buffer.of(0), document);
/** The answer's field `isWritablePrimary: true`. */
const WRITABLE = Buffer.concat([Buffer.of(0x08), text('isWritablePrimary'), Buffer.of(1)]);
