import { argumentFile, fill, serverProperties } from './kafka-config.js';

const config = {
  dataDir: '/data/kafka',
  ports: { internal: 1, partner: 2, controller: 3, store: 4 },
  brokerPassword: 'hush',
};
const rendered = serverProperties(config).split('\n');

it.each([
  'listeners=INTERNAL://127.0.0.1:1,PARTNER://127.0.0.1:2,CONTROLLER://127.0.0.1:3',
  'advertised.listeners=INTERNAL://127.0.0.1:1,PARTNER://127.0.0.1:2',
  'listener.security.protocol.map=INTERNAL:SASL_PLAINTEXT,PARTNER:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT',
  'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'allow.everyone.if.no.acl.found=false',
  'super.users=User:admin;User:broker',
  'auto.create.topics.enable=false',
  'log.message.timestamp.type=LogAppendTime',
  'message.max.bytes=8388608',
  'log.dirs=/data/kafka',
])('states %s', (line) => expect(rendered).toContain(line));

it('offers no listener without authentication', () => expect(rendered.join('\n')).not.toMatch(/[:=](PLAINTEXT|SSL)\b/));

it('leaves no name open', () => {
  expect(rendered.filter((line) => !line.startsWith('#') && line.includes('${'))).toEqual([]);
  expect(() => fill('a=${UNKNOWN}', {})).toThrow('UNKNOWN');
});

it('escapes the backslashes of a path', () => {
  expect(fill('# ${DIR}\nlog.dirs=${DIR}', { DIR: 'C:\\data' })).toBe('# ${DIR}\nlog.dirs=C:\\\\data');
  expect(argumentFile(['-cp', 'C:\\my libs\\*', 'say "so"'])).toBe('"-cp"\n"C:\\\\my libs\\\\*"\n"say \\"so\\""\n');
});
