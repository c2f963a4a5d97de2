import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** One mail as it was taken. */
export interface TakenMail {
  to: string[];
  raw: string;
}

export interface Mailbox {
  /** smtp://127.0.0.1:<port> */
  url: string;
  taken: TakenMail[];
  stop(): Promise<void>;
}

const MOST_BYTES = 1_000_000;

/** A real mail server on this machine, in the place of the customers' own: takes everything, sends nothing on. */
export const openMailbox = async (): Promise<Mailbox> => {
  const taken: TakenMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MOST_BYTES,
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
