import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { labels } from '../../test/source-fields.js';
import { samplesOf, SOURCES_FOLDER } from '../../test/events.js';
import { builtInPipeline, kindOf, type SourceKind } from '../index.js';

const kinds = Object.keys(builtInPipeline) as SourceKind[];
const folders = readdirSync(SOURCES_FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map(({ name }) => name)
  .sort();

it('every folder is in the list, and the list is sorted', () => expect(kinds).toEqual(folders));

describe.each(kinds)('%s', (kind) => {
  it('has a spec, and samples that belong somewhere', () => {
    expect(existsSync(join(SOURCES_FOLDER, kind, 'index.spec.ts'))).toBe(true);
    expect(samplesOf(kind).length).toBeGreaterThan(0);
    for (const event of samplesOf(kind)) expect(labels(kind, event)).not.toEqual([]);
  });
  it('is what rules with the logsources of its events are for', () => {
    const logsources = builtInPipeline[kind].logsources.map(({ logsource }) => logsource);
    expect(logsources.map((logsource) => kindOf(logsource))).toContain(kind);
  });
});

it('products have kinds', () => {
  expect(kindOf({ product: 'aws', service: 'cloudtrail' })).toBe('aws-cloudtrail');
  expect(kindOf([{ category: 'process_creation' }])).toBeUndefined();
  expect(kindOf([{ category: 'proxy' }])).toBe('web-proxy');
});
