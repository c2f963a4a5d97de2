import { readFileSync } from 'node:fs';
import { definitions } from './definitions.js';
import { readmes, readmeTable, withTable } from './readme-table.js';

it.each(readmes)('$path says what its page says', ({ path, page }) => {
  const readme = readFileSync(path, 'utf8');
  if (withTable(readme, page) !== readme) throw new Error(`${path} is stale: run npm run vigie -- topology`);
});

it('names what a service decides, reacts to, performs, shows, asks, and its pipes', () => {
  const tableOf = (wanted: string): string[] => {
    const page = definitions.find(({ name }) => name === wanted);
    return page ? readmeTable(page).split('\n') : [];
  };
  expect(tableOf('cases')).toEqual(
    expect.arrayContaining([
      '| decides `clustering` | `clustering.merge-cases`, `.open-case`, `.place-finding`, `.recall-case`, `.release-case`, `.split-case` | `clustering.*` |',
      '| reacts: `place-finding` | `finding.raised` | |',
      '| reacts: `keep-action` | `action.*` | |',
    ]),
  );
  expect(tableOf('reporting')).toEqual(
    expect.arrayContaining([
      '| performs: `make-report` | `report.requested` | |',
      '| asks | | `delivery.send`; `report.make`, `.plan`, `.record` |',
      '| shows `hunt-journal` | `hunt.asked`, `.finished` | |',
    ]),
  );
  expect(tableOf('enrichment')).toContain(
    '| pipe `enrich` | `vigie.telemetry.normalized`, `vigie.enrichment.retry` | `vigie.telemetry.enriched` |',
  );
});

it('has marks to write between', () =>
  expect(() => withTable('# a service', definitions[0]!)).toThrow('services/cases/README.md has no'));
