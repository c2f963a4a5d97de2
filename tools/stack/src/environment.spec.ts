import { given } from './environment.js';

const whole = { KAFKA_BROKERS: 'a:1, b:2', MONGO_URL: 'mongodb://c', KAFKA_ADMIN_USERNAME: 'admin', KAFKA_ADMIN_PASSWORD: 'hush' };

it('takes brokers and store from the environment', () =>
  expect(given(whole)).toEqual({ brokers: ['a:1', 'b:2'], partnerBrokers: ['a:1', 'b:2'], mongoUrl: 'mongodb://c', username: 'admin', password: 'hush' }));
it('lets partners have another address', () => expect(given({ ...whole, KAFKA_PARTNER_BROKERS: 'p:3' })?.partnerBrokers).toEqual(['p:3']));
it('takes an empty environment for none', () => expect(given({ MONGO_URL: '' })).toBeUndefined());
it('names all that a half-given stack lacks', () =>
  expect(() => given({ MONGO_URL: 'mongodb://c' })).toThrow('set also KAFKA_BROKERS, KAFKA_ADMIN_USERNAME, KAFKA_ADMIN_PASSWORD'));
