import { readdirSync } from 'node:fs';
import { sourceOf, sources } from './index.js';

describe('the list of sources', () => {
  it('holds every folder, sorted', () => {
    const folders = readdirSync(__dirname, { withFileTypes: true }).filter((one) => one.isDirectory());
    expect(sources.map(({ name }) => name)).toEqual(folders.map(({ name }) => name).sort());
  });

  it('finds a source by its kind', () => {
    expect(sourceOf('OKTA')?.name).toBe('okta');
    expect(sourceOf('UNKNOWN')).toBeUndefined();
  });
});
