import { asset, context, detection, indicator } from '../../../test/domain-samples.js';
import { confidenceOf, severityOf } from './severity.js';

const critical = context({ asset: asset('CRITICAL') });
const known = context({ indicators: [indicator(85)] });

describe('severity', () => {
  it('is the level of the rule', () =>
    expect(severityOf(detection(), [context({ asset: asset('LOW') })])).toBe('HIGH'));
  it('is one step higher on a critical asset', () =>
    expect(severityOf(detection({ level: 'MEDIUM' }), [critical])).toBe('HIGH'));
  it('is one step higher for a critical identity', () =>
    expect(
      severityOf(detection({ level: 'LOW' }), [
        context({ identity: { identityId: 'i', name: 'ada', criticality: 'CRITICAL', unit: '', privileged: true } }),
      ]),
    ).toBe('MEDIUM'));
  it('is one step higher with a known indicator', () =>
    expect(severityOf(detection({ level: 'INFORMATIONAL' }), [known])).toBe('LOW'));
  it('is not higher for an indicator of little confidence', () =>
    expect(severityOf(detection(), [context({ indicators: [indicator(49)] })])).toBe('HIGH'));
  it('rises one step in all', () => expect(severityOf(detection({ level: 'LOW' }), [critical, known])).toBe('MEDIUM'));
  it('ends at CRITICAL', () => expect(severityOf(detection({ level: 'CRITICAL' }), [critical])).toBe('CRITICAL'));
});

describe('confidence', () => {
  it('follows from status and level', () => {
    expect(confidenceOf(detection({ status: 'stable', level: 'CRITICAL' }), [])).toBe(90);
    expect(confidenceOf(detection({ status: 'test', level: 'HIGH' }), [])).toBe(75);
    expect(confidenceOf(detection({ status: 'experimental', level: 'LOW' }), [])).toBe(40);
    expect(confidenceOf(detection({ status: 'deprecated', level: 'INFORMATIONAL' }), [])).toBe(10);
  });
  it('is higher with a known indicator, 100 at most', () => {
    expect(confidenceOf(detection({ status: 'test', level: 'MEDIUM' }), [known])).toBe(85);
    expect(confidenceOf(detection({ status: 'stable', level: 'CRITICAL' }), [known])).toBe(100);
  });
});
