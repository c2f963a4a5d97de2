/** What leaves the installation: the egress guard, HTTP through it, and the secrets of tenants that go along. */
export { allowedIn, createEgress, isAmong, EgressRefused, type Egress } from './egress.js';
export {
  AnswerTooLarge,
  createByteHttp,
  createHttp,
  NotSent,
  type ByteHttp,
  type Http,
  type HttpAnswer,
  type HttpRequest,
} from './http.js';
export { originIn, readSecrets, type KeptSecret, type SecretEntry } from './secrets-file.js';
export { checkSecrets, SecretMissing, secretsFrom, type Secrets } from './secrets.js';
