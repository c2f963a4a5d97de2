import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** How a mailbox answers: by the part of its address before the @. */
type Manner = 'takes' | 'refuses' | 'later' | 'denies' | 'full' | 'hangs-up' | 'hangs';

export interface TestMailServer {
  url: string;
  taken: { to: string; raw: string }[];
  stop(): Promise<void>;
}

const refusal = (code: number, words: string): Error => Object.assign(new Error(words), { responseCode: code });

/**
 * A real SMTP server; `refuses@…` is told 550, `later@…` 450, `denies@…` and `full@…` what a relay says of itself, at
 * `hangs-up@…` the connection ends, and `hangs@…` is never answered.
 */
export const startMailServer = async (): Promise<TestMailServer> => {
  const taken: TestMailServer['taken'] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, done) => {
      const manner = address.split('@')[0] as Manner;
      if (manner === 'refuses') return done(refusal(550, 'no such mailbox'));
      if (manner === 'later') return done(refusal(450, '4.2.1 try again later'));
      if (manner === 'denies') return done(refusal(554, '5.7.1 relay access denied'));
      if (manner === 'full') return done(refusal(452, 'insufficient system storage'));
      if (manner === 'hangs-up') return server.connections.forEach((one) => one.close());
      if (manner === 'hangs') return undefined;
      return done();
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({ to: envelope.rcptTo[0]?.address ?? '', raw: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
