import { given, givenPasswords } from './environment.js';

const whole = {
  KAFKA_BROKERS: 'a:1, b:2',
  MONGO_URL: 'mongodb://c',
  KAFKA_ADMIN_USERNAME: 'admin',
  KAFKA_ADMIN_PASSWORD: 'hush',
};

it('takes brokers and store from the environment', () =>
  expect(given(whole)).toEqual({
    brokers: ['a:1', 'b:2'],
    partnerBrokers: ['a:1', 'b:2'],
    mongoUrl: 'mongodb://c',
    username: 'admin',
    password: 'hush',
  }));
it('lets partners have another address', () =>
  expect(given({ ...whole, KAFKA_PARTNER_BROKERS: 'p:3' })?.partnerBrokers).toEqual(['p:3']));
it('takes an empty environment for none', () => expect(given({ MONGO_URL: '' })).toBeUndefined());
it('names all that a half-given stack lacks', () =>
  expect(() => given({ MONGO_URL: 'mongodb://c' })).toThrow(
    'set also KAFKA_BROKERS, KAFKA_ADMIN_USERNAME, KAFKA_ADMIN_PASSWORD',
  ));

it('takes the passwords of users from the environment, the others are made', () =>
  expect(givenPasswords(['cases', 'acme.edr'], { KAFKA_PASSWORD_ACME_EDR: 'hush' })).toEqual([
    { username: 'acme.edr', password: 'hush' },
  ]));
it('takes an empty password for a forgotten one', () =>
  expect(() => givenPasswords(['cases', 'tenants'], { KAFKA_PASSWORD_CASES: '', KAFKA_PASSWORD_TENANTS: '' })).toThrow(
    'KAFKA_PASSWORD_CASES, KAFKA_PASSWORD_TENANTS',
  ));
