import Encoder from 'kafkajs/src/protocol/encoder.js';
import fetch from 'kafkajs/src/protocol/requests/fetch/index.js';
import produce from 'kafkajs/src/protocol/requests/produce/index.js';
import { Fault } from '../errors.js';
import { readFetchResponse } from './fetch-response.js';
import { isPlain, produceRequest, type ProduceOptions } from './produce-request.js';

/** What the client puts before a request: its length, kind, version, number, and the client's name (at most this). */
const ROOM = 256;
/** Versions of one form. */
const [FIRST_PRODUCE, LAST_PRODUCE] = [3, 7];
/** Of Kafka 2.3 and all later ones: the client knows none above it. */
const FETCH = 11;

/** Bytes that have room before them: an encoder that has little yet takes them over, instead of copying them. */
class RoomyBytes extends Encoder {
  constructor(
    readonly whole: Buffer,
    readonly start: number,
  ) {
    super(0);
    this.buf = whole.subarray(start);
    this.offset = this.buf.length;
  }
}

interface TakingEncoder extends Encoder {
  taken?: RoomyBytes;
}

const copying = Encoder.prototype.writeEncoder;

/** What an encoder has taken over and not gone on writing behind. */
const takenBy = ({ taken, buf, offset }: TakingEncoder): RoomyBytes | undefined =>
  taken?.buf === buf && taken.offset === offset ? taken : undefined;

function writeEncoder(this: TakingEncoder, value: TakingEncoder): TakingEncoder {
  const roomy = value instanceof RoomyBytes ? value : takenBy(value);
  const start = (roomy?.start ?? 0) - this.offset;
  if (!roomy || start < 0) return copying.call(this, value) as TakingEncoder;
  this.buf.copy(roomy.whole, start, 0, this.offset);
  this.taken = new RoomyBytes(roomy.whole, start);
  this.buf = this.taken.buf;
  this.offset = this.taken.offset;
  return this;
}

const takeOverProduce = (): void => {
  const theirs = produce.protocol;
  produce.protocol = ({ version }) => {
    const made = theirs({ version });
    if (version < FIRST_PRODUCE || version > LAST_PRODUCE) return made;
    return (options) => {
      const protocol = made(options);
      if (!isPlain(options as ProduceOptions)) return protocol;
      const encode = async () => new RoomyBytes(produceRequest(options as ProduceOptions, ROOM), ROOM);
      return { ...protocol, request: { ...protocol.request, encode } };
    };
  };
};

const takeOverFetch = (): void => {
  const theirs = fetch.protocol;
  fetch.protocol = ({ version }) => {
    if (version !== FETCH) throw new Fault('the broker is older than Kafka 2.3');
    const made = theirs({ version });
    return (options) => {
      const protocol = made(options);
      return { ...protocol, response: { ...protocol.response, decode: readFetchResponse } };
    };
  };
};

let isTaken = false;

/**
 * Puts our own writing and reading of records in the place of the client's, for all clients of the process; once.
 * Whoever hands the client's producer something else than OutMessage is served as ever; what is read is ReadRecord.
 */
export const takeOver = (): void => {
  if (isTaken) return;
  isTaken = true;
  Encoder.prototype.writeEncoder = writeEncoder as typeof copying;
  takeOverProduce();
  takeOverFetch();
};
