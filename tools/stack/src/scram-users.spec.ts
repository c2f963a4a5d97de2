import { scramProof } from './sasl-connection.js';
import { varint } from './wire.js';

it.each([
  [0, '00'],
  [127, '7f'],
  [128, '8001'],
  [300, 'ac02'],
])('writes %i as the varint %s', (value, bytes) => expect(varint(value).toString('hex')).toBe(bytes));

it("proves the password over the server's nonce, channel binding none", () => {
  const proof = scramProof('n=user,r=abc', 'r=abcdef,s=c2FsdA==,i=4096', 'pencil');
  expect(proof).toMatch(/^c=biws,r=abcdef,p=[A-Za-z0-9+/]{86}==$/);
  expect(scramProof('n=user,r=abc', 'r=abcdef,s=c2FsdA==,i=4096', 'pencils')).not.toBe(proof);
});
