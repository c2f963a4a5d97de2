import { keyPair as pair } from '#libs/testing';
import { openSeal } from './seal.js';

const said = { service: 'cases', tenant: 'acme', number: 1 };

it('reads what the service signed, with an older key too', async () => {
  const [older, newer] = [await pair('cases'), await pair('cases')];
  const TRUSTED_KEYS = { keys: [newer.open, older.open] };
  const signature = await openSeal({ SERVICE_SIGNING_KEY: older.secret, TRUSTED_KEYS }).sign('anchor', said);
  expect(await openSeal({ TRUSTED_KEYS }).open('anchor', 'cases', signature)).toEqual(said);
});
it('takes no statement of another service, of another kind, of a stranger, or changed', async () => {
  const [cases, response, stranger] = [await pair('cases'), await pair('response'), await pair('cases')];
  const TRUSTED_KEYS = { keys: [cases.open, response.open] };
  const seal = openSeal({ SERVICE_SIGNING_KEY: cases.secret, TRUSTED_KEYS });
  const signature = await seal.sign('anchor', said);
  const [head, , tail] = signature.split('.');
  const changed = `${head}.${Buffer.from(JSON.stringify({ ...said, number: 2 })).toString('base64url')}.${tail}`;
  const forged = await openSeal({ SERVICE_SIGNING_KEY: stranger.secret, TRUSTED_KEYS }).sign('anchor', said);
  expect(
    await Promise.all([
      seal.open('anchor', 'response', signature),
      seal.open('erasure', 'cases', signature),
      seal.open('anchor', 'cases', forged),
      seal.open('anchor', 'cases', changed),
      seal.open('anchor', 'cases', ''),
    ]),
  ).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
it('signs nothing without a key', async () => {
  await expect(openSeal({ TRUSTED_KEYS: { keys: [] } }).sign('anchor', said)).rejects.toThrow('no key');
});
