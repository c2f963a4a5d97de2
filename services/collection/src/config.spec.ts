import { keyPair } from '#libs/testing';
import { config } from './config.js';

const acme = { tenant: 'acme', source: 'fw' };
const DIGEST = `${'AB:'.repeat(31)}cd`;
const FILES = { SYSLOG_TLS_CERT_FILE: '/tls.crt', SYSLOG_TLS_KEY_FILE: '/tls.key' };

describe('listeners', () => {
  let base: Record<string, string>;
  beforeAll(async () => {
    const { secret } = await keyPair('collection');
    base = {
      KAFKA_BROKERS: 'k:9092',
      MONGO_URL: 'mongodb://m',
      SERVICE_SIGNING_KEY: JSON.stringify(secret),
      TRUSTED_KEYS: '{"keys":[]}',
    };
  });
  const given = (listeners: object[], more: Record<string, string> = FILES) =>
    config({ ...base, ...more, SYSLOG_LISTENERS: JSON.stringify(listeners) }).SYSLOG_LISTENERS;

  it('say whose what they take is, or who says it', () => {
    const listeners = [
      { port: 5514, transport: 'tcp', ...acme },
      { port: 5514, transport: 'udp', ...acme },
      { port: 6514, transport: 'tls', ...acme },
      { port: 6515, transport: 'tls', clients: [{ ...acme, fingerprint: DIGEST }] },
    ];
    expect(given(listeners)).toEqual(listeners);
  });

  it.each<[string, object[], RegExp, Record<string, string>?]>([
    ['no transport', [{ port: 1, ...acme }], /SYSLOG_LISTENERS\.0\.transport/],
    ['nobody', [{ port: 1, transport: 'tls' }], /SYSLOG_LISTENERS\.0: says tenant and source, whose it is/],
    ['half of whose', [{ port: 1, transport: 'tcp', tenant: 'acme' }], /says tenant and source/],
    ['a tenant that none is called', [{ port: 1, transport: 'tcp', ...acme, tenant: 'A B' }], /0\.tenant: 2 to 32/],
    [
      'clients by TCP',
      [{ port: 1, transport: 'tcp', clients: [{ ...acme, name: 'fw1' }] }],
      /has clients, whom tcp cannot tell apart: only tls can/,
    ],
    [
      'clients and a tenant',
      [{ port: 1, transport: 'tls', ...acme, clients: [{ ...acme, fingerprint: DIGEST }] }],
      /has clients, who say the tenant and source/,
    ],
    ['a client like all others', [{ port: 1, transport: 'tls', clients: [acme] }], /has either fingerprint or name/],
    [
      'a fingerprint of another kind',
      [{ port: 1, transport: 'tls', clients: [{ ...acme, fingerprint: 'AB:CD' }] }],
      /0\.clients\.0\.fingerprint: is a certificate's SHA-256: 64 hexadecimal digits/,
    ],
    [
      'two at one port',
      [
        { port: 1, transport: 'tcp', ...acme },
        { port: 1, transport: 'tls', ...acme },
      ],
      /two listen at tcp 1/,
    ],
    [
      'TLS without a certificate',
      [{ port: 1, transport: 'tls', ...acme }],
      /SYSLOG_TLS_CERT_FILE and SYSLOG_TLS_KEY_FILE: a syslog listener with TLS needs both/,
      { SYSLOG_TLS_CERT_FILE: '' },
    ],
    [
      'clients by name that nobody vouches for',
      [{ port: 1, transport: 'tls', clients: [{ ...acme, name: 'fw1' }] }],
      /SYSLOG_TLS_CLIENT_CA_FILE: a syslog client that is known by its certificate's name needs who signs it/,
    ],
  ])('with %s are refused in words', (...[, listeners, sentence, more]) =>
    expect(() => given(listeners, more)).toThrow(sentence),
  );

  it.each([
    [{}, 4317],
    [{ OTLP_GRPC_PORT: '0' }, 0],
    [{ OTLP_GRPC_PORT: 'off' }, null],
    [{ OTLP_GRPC_PORT: '' }, null],
  ])('are beside one of gRPC, unless it is off: %j', (more: Record<string, string>, port) =>
    expect(config({ ...base, ...more }).OTLP_GRPC_PORT).toBe(port),
  );
});
