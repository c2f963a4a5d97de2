import { config } from './config.js';

const SECRET = 'hunter2-of-the-relay';
const of = (SMTP_URL: string) => () => config({ SMTP_URL });

it.each(['', 'smtp://127.0.0.1:2525', 'smtps://vigie:p%40ss@mail.example', 'smtp://[::1]:25/'])(
  'takes a mail server, or none: %s',
  (url) => expect(of(url)).not.toThrow('SMTP_URL'),
);
it.each([
  'mail.example:25',
  'https://mail.example',
  'smtp://',
  'smtp://mail.example:port',
  'smtp://mail.example:99999',
  'smtp://mail example',
  'smtp://user@:25',
  `smtps://vigie:${SECRET}@mail.example:x`,
])('does not start with what is no mail server, and says so without the password: %s', (url) => {
  expect(of(url)).toThrow(/SMTP_URL.*smtp:\/\/host:port/s);
  expect(of(url)).not.toThrow(SECRET);
});
