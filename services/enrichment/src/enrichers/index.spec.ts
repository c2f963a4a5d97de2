import { readdirSync } from 'node:fs';
import { enrichers } from './index.js';

it('the list of enrichers holds every folder, sorted', () => {
  const folders = readdirSync(__dirname, { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(enrichers.map(({ name }) => name)).toEqual(folders.map(({ name }) => name).sort());
});
