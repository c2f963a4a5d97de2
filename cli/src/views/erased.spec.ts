import type { ErasureBegun } from '#contracts';
import { OPERATOR } from '#libs/terms';
import { heard } from '#libs/testing';
import { erasedAmong } from './erased.js';

const begun = (change: Partial<ErasureBegun> = {}): ErasureBegun => ({
  type: 'erasure.begun',
  tenantId: 'acme',
  subjects: [],
  streams: [],
  until: 10,
  by: { subject: 'ada', side: 'PROVIDER' },
  reason: 'asked for',
  backups: [],
  at: 10,
  signature: '',
  ...change,
});
const carried = (tenant = 'acme', time = 10) =>
  heard({ type: 'finding.raised' }, { tenant, time, source: 'detection' });

describe('what Kafka still carries', () => {
  it.each([
    ['of a tenant whose facts were erased', begun(), 'detection', carried(), true],
    ['of a neighbour', begun(), 'detection', carried('globex'), false],
    ['said after the erasure', begun(), 'detection', carried('acme', 11), false],
    ['where another service erased its own', begun(), 'response', carried(), false],
    ['where findings were erased', begun({ subjects: ['findings'] }), 'detection', carried(), true],
    ['where something else was erased', begun({ subjects: ['ruleset'] }), 'detection', carried(), false],
    ['where a single stream was erased', begun({ streams: ['findings/acme/x'] }), 'detection', carried(), false],
  ])('%s', (_name, erasure, source, finding, isErased) =>
    expect(erasedAmong([heard(erasure, { tenant: OPERATOR, source })])(finding)).toBe(isErased),
  );
});
