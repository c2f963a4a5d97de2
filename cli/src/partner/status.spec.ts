import { statusesOf } from './status.js';

const partner = (tenant: string, source: string) => ({
  tenant,
  source,
  username: `partner.${tenant}.${source}`,
  topic: `ingest.${tenant}.${source}`,
});
const came = { accepted: 7, unrecognised: 2, dead: 1, messages: 2, bytes: 900, lastOccurredAt: '2026-11-02T10:00:00Z' };

it('partners of a tenant are its sources, those that may write, and both', () =>
  expect(
    statusesOf(
      {
        tenantId: 'acme',
        sources: [
          { name: 'edr', kind: 'WINDOWS' },
          { name: 'dns', kind: 'DNS' },
        ],
      },
      [{ source: 'edr', ...came }],
      [partner('acme', 'edr'), partner('acme', 'old'), partner('globex', 'edr')],
      [{ source: 'edr', flagged: [{ flag: 'nothing-known', count: 2 }] }],
    ),
  ).toEqual([
    { tenant: 'acme', source: 'dns', kind: 'DNS', username: null, intake: null, flagged: [] },
    {
      tenant: 'acme',
      source: 'edr',
      kind: 'WINDOWS',
      username: 'partner.acme.edr',
      intake: came,
      flagged: [{ flag: 'nothing-known', count: 2 }],
    },
    { tenant: 'acme', source: 'old', kind: null, username: 'partner.acme.old', intake: null, flagged: [] },
  ]));
