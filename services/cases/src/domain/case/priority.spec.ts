import { severityOf, priorityOf } from './priority.js';
import { entities, finding } from '../../../test/samples.js';

describe('priority', () => {
  const dump = finding('a', 'host:dc1', {
    severity: 'HIGH',
    confidence: 80,
    tactics: ['attack.credential-access'],
    criticality: 'CRITICAL',
    assetGroups: ['domain-controllers'],
    knownIndicator: true,
  });
  it('is explained in words', () =>
    expect(priorityOf('HIGH', [dump], entities('host:dc1'))).toEqual({
      priority: 86,
      because: 'domain controllers, critical; credential access; known indicator; severity high; confidence 90 %',
    }));
  it('rises with impact, confidence and business context, each by itself', () => {
    const base = priorityOf('MEDIUM', [finding('a', 'host:h')], []).priority;
    expect(priorityOf('HIGH', [finding('a', 'host:h')], []).priority).toBeGreaterThan(base);
    expect(priorityOf('MEDIUM', [finding('a', 'host:h', { confidence: 80 })], []).priority).toBeGreaterThan(base);
    expect(priorityOf('MEDIUM', [finding('a', 'host:h', { criticality: 'CRITICAL' })], []).priority).toBeGreaterThan(
      base,
    );
    expect(priorityOf('MEDIUM', [finding('a', 'host:h', { criticality: 'LOW' })], []).priority).toBeLessThan(base);
    expect(
      priorityOf('MEDIUM', [finding('a', 'host:h', { tactics: ['Lateral Movement'] })], []).priority,
    ).toBeGreaterThan(base);
  });
  it('never leaves 0 to 100', () => {
    const worst = Array.from({ length: 40 }, (_, index) =>
      finding(`f${index}`, 'host:h', {
        confidence: 100,
        techniques: [`T${1000 + index}`],
        tactics: ['impact'],
        criticality: 'CRITICAL',
        knownIndicator: true,
      }),
    );
    expect(priorityOf('FATAL', worst, []).priority).toBe(100);
    expect(priorityOf('INFORMATIONAL', [finding('a', '', { confidence: 0 })], []).priority).toBe(0);
  });
  it('of a case opened by a person says so', () =>
    expect(priorityOf('LOW', [], []).because).toBe('severity low; opened by a person'));
  it('counts findings and hosts, a host once however it is written', () =>
    expect(
      priorityOf('LOW', [finding('a', ''), finding('b', '')], entities('host:h1 host:h2 host:h1.corp.example')).because,
    ).toContain('2 findings; 2 hosts'));
  it('takes the highest severity', () =>
    expect(severityOf([finding('a', '', { severity: 'LOW' }), finding('b', '', { severity: 'HIGH' })], 'UNKNOWN')).toBe(
      'HIGH',
    ));
});
