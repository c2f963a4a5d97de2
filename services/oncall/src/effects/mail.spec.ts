import { createEgress } from '#libs/outbound';
import { startMailServer, type TestMailServer } from '../../test/mail-server.js';
import { openMail, type Mail } from './mail.js';

const mail: Mail = {
  to: 'takes@acme.example',
  subject: 'Incident élevé',
  paragraphs: ['A <b>case</b>'],
  messageId: '<d.1@vigie>',
  thread: '<case-c@vigie>',
};

const nowhere = { url: '', from: 'x@y.example', egress: createEgress({ allow: ['127.0.0.1'] }) };

describe('mail', () => {
  let server: TestMailServer;
  beforeAll(async () => {
    server = await startMailServer();
  });
  afterAll(async () => server?.stop());
  // Only a server that hangs is not waited for; a busy machine may be slow to answer.
  const send = (to: string, allow = ['127.0.0.1'], patienceMs = 60_000) =>
    openMail({ url: server.url, from: 'soc@provider.example', egress: createEgress({ allow }), patienceMs })({
      ...mail,
      to,
    });

  it('is delivered when the server took it, threaded by case, with markup as text', async () => {
    expect(await send('takes@acme.example')).toEqual({ outcome: 'ACCEPTED', said: expect.stringMatching(/^250/) });
    const raw = server.taken[0]?.raw ?? '';
    expect(raw).toContain('Message-ID: <d.1@vigie>');
    expect(raw).toContain('References: <case-c@vigie>');
    expect(raw).not.toContain('<b>case</b></p>');
  });
  it('is refused for good by a 550', async () =>
    expect(await send('refuses@acme.example')).toMatchObject({
      outcome: 'REFUSED',
      said: expect.stringContaining('550'),
    }));
  it('may be tried again after a 450', async () =>
    expect(await send('later@acme.example')).toMatchObject({
      outcome: 'UNREACHABLE',
      said: expect.stringContaining('450'),
    }));
  it.each(['hangs-up', 'hangs', 'denies', 'full'])(
    'was not tried at all by a mail server of ours that %s',
    async (manner) => {
      const patienceMs = manner === 'hangs' ? 300 : undefined;
      expect(await send(`${manner}@acme.example`, undefined, patienceMs)).toMatchObject({ outcome: 'NOT_MADE' });
    },
  );
  it('was not tried at all when our own server does not listen', async () =>
    expect(await openMail({ ...nowhere, url: 'smtp://127.0.0.1:1' })(mail)).toMatchObject({
      outcome: 'NOT_MADE',
    }));
  it('goes to this machine only where the installation allows it', async () =>
    expect(await send('takes@acme.example', [])).toMatchObject({
      outcome: 'NO_SENDER',
      said: expect.stringContaining('not allowed'),
    }));
  it('goes nowhere without a server, which is said', async () =>
    expect(await openMail(nowhere)(mail)).toMatchObject({
      outcome: 'NO_SENDER',
      said: expect.stringContaining('SMTP_URL'),
    }));
});
