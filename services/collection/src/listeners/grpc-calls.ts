/** Calls of OTLP's LogsService: the same permits, pace, room and reading as over HTTP. */
import { Readable } from 'node:stream';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { arriving, unpacker, type Arriving, type BodyBounds } from './body.js';
import type { CountLimit } from './count-limit.js';
import { messageIn } from './grpc-wire.js';
import { permitOf, storedBody, withRoom, type IntakePorts } from './intake.js';
import { otlp } from './otlp.js';
import { permittedSource } from './permitted-sources.js';
import { Refusal } from './refusal.js';
import { tokenIn } from './tokens-sent.js';

export interface GrpcPorts extends IntakePorts {
  /** Requests of a tenant under way, counted with those of other doors. */
  requests: CountLimit;
}

/** A call on its way. */
export interface GrpcCall {
  stream: ServerHttp2Stream;
  headers: IncomingHttpHeaders;
  bodies: Set<Arriving>;
}

/** A call has this long, whatever its client says: so has a request over HTTP. */
export const LONGEST_CALL_MS = 60_000;

const EXPORT = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
/** As `otlp` reads it. */
const FACTS = { contentType: 'application/x-protobuf', query: new URLSearchParams() };

const textIn = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

const framesOf = ({ stream, bodies }: GrpcCall, bounds: BodyBounds): Promise<Buffer> => {
  const isComplete = (): boolean => stream.readableEnded;
  const coming = arriving({ wire: stream, isComplete, unpacked: () => stream }, bounds);
  bodies.add(coming);
  return coming.body.finally(() => bodies.delete(coming));
};

/** The message, unpacked where its flag says that it is packed. */
const messageOf = async (call: GrpcCall, bounds: BodyBounds): Promise<Buffer> => {
  const { isPacked, message } = messageIn(await framesOf(call, bounds));
  if (!isPacked) return message;
  const wire = Readable.from([message]);
  const encoding = textIn(call.headers['grpc-encoding']);
  return arriving({ wire, isComplete: () => true, unpacked: () => unpacker(wire, encoding) }, bounds).body;
};

/** ExportLogsServiceResponse, once Kafka has the events. @throws Refusal */
export const exported = async (ports: GrpcPorts, call: GrpcCall): Promise<Buffer> => {
  const { headers } = call;
  if (headers[':path'] !== EXPORT)
    throw new Refusal(404, 'NO_SUCH_PATH', `Logs are taken, by ${EXPORT}, and nothing else.`);
  const permit = await permitOf(ports, tokenIn(headers.authorization));
  const { tenant } = permit;
  const named = { isHec: false, source: textIn(headers['x-vigie-source']) };
  const source = permittedSource(permit, named, ports.sourcesOf(tenant));
  return withRoom(ports, ports.requests, tenant, async (held) => {
    const message = await messageOf(call, {
      most: ports.mostBytes,
      held,
      from: ports.now(),
      longestMs: LONGEST_CALL_MS,
    });
    const what = await storedBody(ports, { tenant, source }, { format: otlp, facts: FACTS, held }, message);
    return otlp.taken({ ...what, bytes: message.length }, FACTS).body as Buffer;
  });
};
