import { connect, type Socket } from 'node:net';
import { until as look } from '#stack';

/** Looks every 10 ms, for four seconds. */
export const until = (seen: () => boolean): Promise<boolean> => look('the listener', seen, 4_000, { everyMs: 10 });

/** A connection, and what it was told. */
export interface OpenedConnection {
  socket: Socket;
  seen: { answer: string; closed: boolean };
}

/** Says some bytes on a connection. */
export const saidOn = async (socket: Socket, text: string | Buffer): Promise<OpenedConnection> => {
  const seen = { answer: '', closed: false };
  socket
    .on('data', (chunk) => {
      seen.answer += String(chunk);
    })
    .on('error', () => undefined)
    .on('close', () => {
      seen.closed = true;
    });
  await new Promise<void>((ready) => {
    socket.write(text, () => ready());
  });
  return { socket, seen };
};

export const opened = (port: number, text: string): Promise<OpenedConnection> =>
  saidOn(connect(port, '127.0.0.1'), text);
