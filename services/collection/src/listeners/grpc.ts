import {
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type Http2Session,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Arriving } from './body.js';
import { boundConnections, MOST_HEADERS, SERVER_OPTIONS, type MostConnections } from './connections.js';
import { exported, LONGEST_CALL_MS, type GrpcPorts } from './grpc-calls.js';
import { DEADLINE_EXCEEDED, framed, GRPC, grpcRefused, HEAD, refusedHead, timeoutIn } from './grpc-wire.js';
import { Refusal } from './refusal.js';

/** Calls of a connection at once. */
const MOST_STREAMS = 100;
/** What a connection may have on its way unread. */
const WINDOW_BYTES = 1024 * 1024;
/** Whoever connects speaks HTTP/2 by then. */
const SILENT_MS = 10_000;
const IDLE_MS = 5 * 60_000;
/** A connection is asked to come again: a new instance gets its part. */
const OLDEST_MS = 10 * 60_000;

/** Calls that a client gave up before their answer: at once, and in a second of the long run. */
const GIVEN_UP = { burst: 200, perSecond: 20 };

const OPTIONS = {
  maxHeaderListPairs: MOST_HEADERS,
  settings: {
    maxConcurrentStreams: MOST_STREAMS,
    initialWindowSize: WINDOW_BYTES,
    maxHeaderListSize: SERVER_OPTIONS.maxHeaderSize,
  },
} as const;

const UNKNOWN = new Refusal(503, 'UNAVAILABLE', 'Something failed here; send the events again.');

const isOver = (stream: ServerHttp2Stream): boolean => stream.destroyed || stream.closed || stream.headersSent;

const reply = (stream: ServerHttp2Stream, message: Buffer): void => {
  if (isOver(stream)) return;
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.respond(HEAD, { waitForTrailers: true });
  stream.end(framed(message));
};

/** An answer without a message; whoever still sends may stop. */
const end = (stream: ServerHttp2Stream, headers: ReturnType<typeof refusedHead>): void => {
  if (isOver(stream)) return;
  stream.respond(headers, { endStream: true });
  stream.resume();
  if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
};

/** Connections: since when each is there, whether it said anything, and how much it gave up. */
class Sessions {
  private readonly open = new Map<
    Http2Session,
    { since: number; spoke: boolean; isLeaving: boolean; givenUp: number }
  >();

  constructor(private readonly now: () => number) {}

  add(session: ServerHttp2Session): void {
    const about = { since: this.now(), spoke: false, isLeaving: false, givenUp: 0 };
    this.open.set(session, about);
    session.setLocalWindowSize(WINDOW_BYTES);
    session.setTimeout(IDLE_MS, () => session.close());
    session.once('remoteSettings', () => {
      about.spoke = true;
    });
    session.on('error', () => session.destroy()).once('close', () => this.open.delete(session));
  }

  /** Begun and given up at once, calls cost us and not who makes them: a connection of such calls ends. */
  giveUp(session: Http2Session | undefined): void {
    const about = session && this.open.get(session);
    if (!about) return;
    about.givenUp += 1;
    if (about.givenUp > GIVEN_UP.burst) session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
  }

  /** Every second. */
  sweep(): void {
    for (const [session, about] of this.open) {
      about.givenUp = Math.max(0, about.givenUp - GIVEN_UP.perSecond);
      const ageMs = this.now() - about.since;
      if (!about.spoke && ageMs > SILENT_MS) session.destroy();
      else if (ageMs > OLDEST_MS && !about.isLeaving) {
        about.isLeaving = true;
        session.close();
      }
    }
  }

  /** Calls under way are still answered. */
  leave(): void {
    for (const session of this.open.keys()) session.close();
  }
}

/** A listener; `sweep` is to be called every second. */
export interface GrpcListener {
  server: Http2Server;
  sweep(): void;
  close(): Promise<void>;
}

/**
 * OTLP logs over gRPC. As over HTTP, it answers only after Kafka has the events; tenant and sources come from the token
 * in the metadata. TLS ends before it. The caller listens, sweeps and closes.
 */
export const grpcListener = (ports: GrpcPorts & { connections: MostConnections }): GrpcListener => {
  const bodies = new Set<Arriving>();
  const deadlines = new Map<ServerHttp2Stream, number>();
  const sessions = new Sessions(ports.now);
  const handle = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
    // Whoever went away hears nothing; what was begun of his ends by itself.
    stream.on('error', () => undefined);
    if (headers[':method'] !== 'POST' || !headers['content-type']?.startsWith(GRPC))
      return end(stream, { ':status': 415 });
    const timeoutMs = timeoutIn(String(headers['grpc-timeout'] ?? '')) ?? Infinity;
    deadlines.set(stream, ports.now() + Math.min(timeoutMs, LONGEST_CALL_MS));
    const { session } = stream;
    stream.once('close', () => {
      deadlines.delete(stream);
      if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) sessions.giveUp(session);
    });
    exported(ports, { stream, headers, bodies })
      .then((message) => reply(stream, message))
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) ports.log.warn({ err: error }, 'a call failed');
        end(stream, grpcRefused(error instanceof Refusal ? error : UNKNOWN));
      });
  };
  const server = createServer(OPTIONS).on('stream', handle);
  server.on('session', (session) => sessions.add(session)).on('sessionError', () => undefined);
  boundConnections(server, ports.connections);
  return {
    server,
    sweep: () => {
      const now = ports.now();
      for (const body of bodies) body.sweep(now);
      for (const [stream, until] of deadlines) {
        if (now <= until) continue;
        // An answer that nobody takes in is given up.
        if (stream.headersSent) stream.close(constants.NGHTTP2_CANCEL);
        else end(stream, refusedHead(DEADLINE_EXCEEDED, 'The deadline is over.'));
      }
      sessions.sweep();
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        sessions.leave();
      }),
  };
};
