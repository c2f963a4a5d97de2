import { PARSERS } from '../mutations/parsers.js';
import { WAYS } from './bodies.js';
import { measureIngest } from './measure-ingest.js';

it.each(['windows', 'key-value'])('every way brings all events, and costs more than the floor: %s', async (name) => {
  const parser = PARSERS.find((one) => one.name === name)!;
  const found = await measureIngest(parser, 40, 1);
  expect(found.ways.map(({ way, dead }) => [way, dead])).toEqual(WAYS.map((way) => [way, 0]));
  expect(Math.min(...found.ways.map(({ ratio }) => ratio))).toBeGreaterThan(1);
});
