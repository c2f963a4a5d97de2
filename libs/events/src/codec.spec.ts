import { catalogue } from '#contracts';
import type { Typed } from '#libs/model';
import { decode, encode, MAX_VALUE_BYTES, reader, schemaIdOf } from './codec.js';
import { Fault, Unreadable } from './errors.js';
import { latestOf, typeOf } from './schemas.js';

const latest = catalogue.filter((contract) => latestOf(contract.type) === contract);
const randomOf = (contract: (typeof latest)[number]): Typed => ({
  ...(typeOf(contract).random() as unknown as object),
  type: contract.type,
});
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'read';
  } catch (error) {
    return error instanceof Unreadable ? error.code : String(error);
  }
};
const answered = {
  type: 'request.answered',
  requestId: 'r',
  requestType: 'case.open',
  outcome: 'DONE',
  code: '',
  message: '',
  streamId: 's',
  version: 3,
};

describe('codec', () => {
  it.each(latest.map((contract) => [contract.type, contract] as const))(
    'reads %s as it was written',
    (_type, contract) => {
      for (let round = 0; round < 5; round++) {
        const message = randomOf(contract);
        const bytes = encode(message);
        expect(schemaIdOf(bytes)).toBe(contract.id);
        expect(JSON.stringify(encode(decode(bytes, contract.topic)))).toBe(JSON.stringify(bytes));
      }
    },
  );

  it('gives plain values back, with the type', () => {
    expect(decode(encode(answered))).toEqual(answered);
  });

  it('fills fields that may be absent', () => {
    const bytes = encode({
      type: 'hunt.finished',
      huntId: 'h',
      hypothesis: '',
      technique: '',
      rows: 0,
      scanned: 0,
      elapsedMs: 1,
      at: 1,
    } as Typed);
    expect(decode(bytes)).toMatchObject({ failure: null });
  });

  it('names the field that does not fit', () => {
    expect(() => encode({ ...answered, version: 'three' } as Typed)).toThrow(
      new Fault('request.answered does not fit its contract: version is string'),
    );
    expect(() => encode({ type: 'no.such' })).toThrow('no.such has no contract');
  });

  it('grows for large messages', () => {
    const message = 'x'.repeat(300_000);
    expect(decode(encode({ ...answered, message } as Typed))).toMatchObject({ message });
  });

  it.each([0, 100, 32_000, 400_000])('keeps bytes, %s of them, whatever is written and read later', (size) => {
    const enriched = (fill: string) =>
      ({ type: 'telemetry.enriched', batch: Buffer.alloc(size, fill), context: [], complete: true }) as Typed;
    const written = [encode(enriched('a')), encode(enriched('b'))];
    const read = written.map((bytes) => decode(bytes) as unknown as { batch: Buffer });
    expect(read.map(({ batch }) => batch)).toEqual([Buffer.alloc(size, 'a'), Buffer.alloc(size, 'b')]);
  });

  it('refuses what is not framed, unknown, of another topic, too large, cut off or followed by more', () => {
    const bytes = encode(answered);
    expect(codeOf(() => decode(Buffer.from('{"json":true}')))).toBe('NOT_FRAMED');
    expect(codeOf(() => decode(Buffer.alloc(0)))).toBe('NOT_FRAMED');
    expect(codeOf(() => decode(Buffer.from([0, 1, 2, 3, 4, 5])))).toBe('UNKNOWN_SCHEMA');
    expect(codeOf(() => decode(bytes, 'vigie.case.events'))).toBe('WRONG_TOPIC');
    expect(codeOf(() => decode(Buffer.concat([bytes, Buffer.alloc(MAX_VALUE_BYTES)])))).toBe('TOO_LARGE');
    expect(codeOf(() => decode(bytes.subarray(0, bytes.length - 1)))).toBe('BAD_AVRO');
    expect(codeOf(() => decode(Buffer.concat([bytes, Buffer.from([0])])))).toBe('BAD_AVRO');
  });

  it('survives flipped bytes: an error or a valid message, never a crash', () => {
    for (const contract of latest) {
      const bytes = encode(randomOf(contract));
      for (let at = 5; at < Math.min(bytes.length, 60); at++) {
        for (const mask of [0xff, 0x80, 0x01]) {
          const flipped = Buffer.from(bytes);
          flipped.writeUInt8(flipped.readUInt8(at) ^ mask, at);
          expect(['read', 'BAD_AVRO']).toContain(codeOf(() => decode(flipped)));
        }
      }
    }
  });

  it('does not believe an item count beyond the end of the bytes', () => {
    const empty = encode({ type: 'hunt.page', huntId: '', page: 1, columns: [], rows: [], last: true, at: 0 } as Typed);
    // Two bytes of id and page, then the number of columns: two thousand million.
    const bomb = Buffer.concat([empty.subarray(0, 7), Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f]), empty.subarray(8)]);
    expect(codeOf(() => decode(bomb))).toBe('BAD_AVRO');
  });
});

describe('reader', () => {
  const read = reader<{ source: string; events: { entity: string }[] }>('telemetry.normalized', [
    'source',
    'events.entity',
  ]);
  const contract = latest.find(({ type }) => type === 'telemetry.normalized');

  it('reads a few fields of a batch', () => {
    if (!contract) throw new Error('no such contract');
    const message = randomOf(contract) as Typed & { source: string; events: { entity: string }[] };
    expect(read(encode(message))).toEqual({
      source: message.source,
      events: message.events.map(({ entity }) => ({ entity })),
    });
  });

  it('skips bombs too', () => {
    const bytes = encode({ type: 'telemetry.normalized', source: 's', kind: 'OKTA', events: [] } as Typed);
    const bomb = Buffer.concat([bytes.subarray(0, bytes.length - 1), Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f, 0])]);
    expect(codeOf(() => read(bomb))).toBe('BAD_AVRO');
  });

  it('refuses other messages and paths that lead nowhere', () => {
    expect(codeOf(() => read(encode(answered)))).toBe('WRONG_TOPIC');
    expect(() => reader('telemetry.normalized', ['events.nothing'])).toThrow('has no nothing');
  });
});

describe('an enum that has grown', () => {
  const [present, before] = catalogue
    .filter(({ type }) => type === 'finding.raised')
    .map((contract) => ({ contract, type: typeOf(contract) }));
  const raised = (kind: string) => ({ ...(present?.type.random() as object), kind, type: 'finding.raised' });

  it('reads what was written before it grew', () => {
    const bytes = Buffer.alloc(5);
    bytes.writeUInt32BE(before?.contract.id ?? 0, 1);
    const body = before?.type.toBuffer(before.type.random()) ?? Buffer.alloc(0);
    expect(codeOf(() => decode(Buffer.concat([bytes, body])))).toBe('read');
  });

  it('is its default to a release that does not know the symbol', () => {
    const resolver = before?.type.createResolver(present!.type);
    const { kind } = before?.type.fromBuffer(present?.type.toBuffer(raised('ZEEK')) as Buffer, resolver) as {
      kind: string;
    };
    expect(kind).toBe('UNKNOWN');
  });
});
