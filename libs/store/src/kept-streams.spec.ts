import { keptStreams } from './kept-streams.js';

it('puts what came together into one stream a tenant, subject and key, in order', () => {
  const fact = (id: string) => ({
    envelope: { id, type: 'finding.raised', source: 's', subject: 's', time: 0, tenant: 'acme' },
    bytes: Buffer.alloc(0),
  });
  const place = { tenant: 'acme', subject: 'findings', key: '2026-11-02T10-3' };
  const streams = keptStreams([
    { ...place, fact: fact('1') },
    { ...place, tenant: 'globex', fact: fact('2') },
    { ...place, fact: fact('3') },
    { ...place, key: '2026-11-02T11-3', fact: fact('4') },
    { ...place, subject: 'running-rules', fact: fact('5') },
  ]);
  expect(
    streams.map(({ facts, ...stream }) => ({ ...stream, facts: facts.map(({ envelope }) => envelope.id) })),
  ).toEqual([
    { ...place, facts: ['1', '3'] },
    { ...place, tenant: 'globex', facts: ['2'] },
    { ...place, key: '2026-11-02T11-3', facts: ['4'] },
    { ...place, subject: 'running-rules', facts: ['5'] },
  ]);
});
