import type { Envelope, Typed } from '#libs/model';
import { fromRecord, framedRecord, keyOf, toRecord } from './envelope.js';
import type { InRecord, OutRecord } from './port.js';

const envelope: Envelope = {
  id: 'a',
  type: 'case.acknowledged',
  source: 'cases',
  subject: 'case/acme/c1',
  time: Date.UTC(2026, 10, 2, 10),
  tenant: 'acme',
  causationId: 'b',
  correlationId: 'c',
  traceparent: '00-1-2-01',
  sequence: { version: 7, index: 0, count: 2 },
};
const fact: Typed = {
  type: 'case.acknowledged',
  caseId: 'c1',
  by: { subject: 'ada', side: 'PROVIDER' },
  at: 5,
} as Typed;
const request: Typed = { type: 'case.acknowledge', caseId: 'c1' } as Typed;
const asRead = (record: OutRecord, changes: Partial<InRecord> = {}): InRecord => ({
  ...record,
  partition: 0,
  offset: '0',
  timestamp: 0,
  ...changes,
});

describe('toRecord and fromRecord', () => {
  it('carry an envelope as CloudEvents headers', () => {
    const record = toRecord(envelope, fact);
    expect(record.topic).toBe('vigie.case.events');
    expect(record.key).toBe('acme/c1');
    expect(record.headers).toEqual({
      'content-type': 'application/avro',
      ce_specversion: '1.0',
      ce_id: 'a',
      ce_type: 'case.acknowledged',
      ce_source: '/vigie/cases',
      ce_subject: 'case/acme/c1',
      ce_time: '2026-11-02T10:00:00.000Z',
      ce_dataschema: 'urn:vigie:case.acknowledged:v1',
      ce_tenant: 'acme',
      ce_causationid: 'b',
      ce_correlationid: 'c',
      ce_sequence: '7.0.2',
      traceparent: '00-1-2-01',
    });
    expect(fromRecord(asRead(record))).toEqual({ envelope, message: fact });
  });

  it('leave out what is undefined', () => {
    const { id, type, source, subject, time, tenant } = envelope;
    const short = { id, type, source, subject, time, tenant };
    const record = toRecord({ ...short, causationId: undefined }, fact);
    expect(Object.keys(record.headers)).not.toContain('ce_causationid');
    expect(fromRecord(asRead(record)).envelope).toEqual(short);
  });

  it('carry what a request needs', () => {
    const extras = { actor: 'x.y.z', expiresAt: Date.UTC(2026, 10, 2, 10, 0, 30), basedOn: 4 };
    const record = toRecord({ ...envelope, type: 'case.acknowledge' }, request, extras);
    expect(fromRecord(asRead(record)).request).toEqual(extras);
    expect(fromRecord(asRead(toRecord({ ...envelope, type: 'case.acknowledge' }, request))).request).toEqual({});
  });

  it('frame again what was framed before', () => {
    const record = toRecord(envelope, fact);
    expect(framedRecord(record.topic, 'acme/c1', envelope, record.value)).toEqual(record);
  });

  it.each([
    ['WRONG_TENANT', { key: 'umbrella/c1' }],
    ['WRONG_TENANT', { key: null }],
    ['WRONG_TOPIC', { topic: 'vigie.case.requests' }],
    ['BAD_ENVELOPE', { headers: {} }],
    ['BAD_ENVELOPE', { headers: { ...toRecord(envelope, fact).headers, ce_time: 'soon' } }],
    ['BAD_ENVELOPE', { headers: { ...toRecord(envelope, fact).headers, ce_type: 'case.opened' } }],
    ['BAD_ENVELOPE', { headers: { ...toRecord(envelope, fact).headers, ce_sequence: '1.2' } }],
  ])('are unreadable with %s', (code, changes) => {
    expect(() => fromRecord(asRead(toRecord(envelope, fact), changes))).toThrow(
      expect.objectContaining({ name: 'Unreadable', code }),
    );
  });

  it('accept any contract on retry topics', () => {
    expect(fromRecord(asRead(toRecord(envelope, fact), { topic: 'vigie.cases.retry' })).message).toEqual(fact);
  });
});

describe('keyOf', () => {
  it.each([
    ['acme/c1', fact, undefined],
    ['acme', { type: 'clustering.release-case', caseId: 'c1' }, undefined],
    ['acme', { type: 'finding.raised', findingId: 'f1' }, undefined],
    ['acme', { type: 'tenant.onboard', tenantId: 'acme' }, undefined],
    ['acme', { type: 'grant.given' }, undefined],
    ['acme/3', { type: 'telemetry.normalized' }, 3],
    ['acme', { type: 'telemetry.received' }, undefined],
  ])('is %s', (key, message, shard) => {
    expect(keyOf('acme', message, shard)).toBe(key);
  });

  it('refuses a tenant that would hide another', () => {
    expect(() => keyOf('acme/umbrella', fact)).toThrow('cannot be a tenant');
  });
});
