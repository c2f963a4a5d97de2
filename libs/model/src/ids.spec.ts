import { idOf } from './ids.js';

it.each<[sentence: string, parts: (string | number)[], id: string]>([
  ['no part', [], 'cf7b4082-ee1e-5e58-a15a-d95f8df79f0a'],
  ['one way to part it', ['a', 'bc'], '9d020b03-6280-5f5d-a0b2-2d7bfa6c356f'],
  ['another way to part it', ['ab', 'c'], 'aa4e6cd6-b980-585a-8266-acd0eb20918c'],
  ['numbers', ['ingest.acme.dc', '0', '17', 2, 1793611200000], '8c63f334-4d49-5a8c-bf5a-a95d38f45a58'],
  ['other letters', ['Zürich 東京 😀', -1], '329a31c5-d3af-5b9a-b78f-23161742b1e5'],
  ['a long name', ['x'.repeat(5_000)], '1b6882af-d2df-5e11-9886-65b1afaeeb9d'],
])('stays what it was when events were kept by it: %s', (_sentence, parts, id) => expect(idOf(...parts)).toBe(id));
