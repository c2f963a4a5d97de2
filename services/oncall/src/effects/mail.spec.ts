import { startMailServer, type TestMailServer } from '../../test/mail-server.js';
import { openMail, type Mail } from './mail.js';

const mail: Mail = {
  to: 'takes@acme.example',
  subject: 'Incident élevé',
  paragraphs: ['A <b>case</b>'],
  messageId: '<d.1@vigie>',
  thread: '<case-c@vigie>',
};

describe('mail', () => {
  let server: TestMailServer;
  beforeAll(async () => {
    server = await startMailServer();
  });
  afterAll(async () => server?.stop());
  const send = (to: string) => openMail({ url: server.url, from: 'soc@provider.example' })({ ...mail, to });

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
  it.each(['later', 'hangs-up'])('may be tried again: %s', async (manner) =>
    expect(await send(`${manner}@acme.example`)).toMatchObject({ outcome: 'UNREACHABLE' }),
  );
  it('may be tried again when nobody listens', async () =>
    expect(await openMail({ url: 'smtp://127.0.0.1:1', from: 'x@y.example' })(mail)).toMatchObject({
      outcome: 'UNREACHABLE',
    }));
  it('goes nowhere without a server, which is said', async () =>
    expect(await openMail({ url: '', from: 'x@y.example' })(mail)).toMatchObject({
      outcome: 'REFUSED',
      said: expect.stringContaining('SMTP_URL'),
    }));
});
