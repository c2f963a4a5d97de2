import { aFinding, minute } from '../samples.js';
import { DAY } from './people.js';

export const psexec = [
  aFinding({
    findingId: 'f1',
    ruleId: 'psexec-service',
    title: 'PsExec service installed',
    techniques: ['T1569.002'],
    tactics: ['execution'],
    occurredAt: minute(0),
    ingestedAt: minute(0.1),
    detectedAt: minute(0.2),
  }),
  aFinding({
    findingId: 'f2',
    ruleId: 'lsass-access',
    title: 'LSASS memory read by an unusual process',
    severity: 'CRITICAL',
    techniques: ['T1003.001'],
    tactics: ['credential-access'],
    occurredAt: minute(3),
    ingestedAt: minute(3.1),
    detectedAt: minute(3.25),
  }),
  aFinding({
    findingId: 'f3',
    ruleId: 'empire-launcher',
    title: 'PowerShell Empire launcher command line',
    techniques: ['T1059.001', 'T1027'],
    tactics: ['execution', 'defense-evasion'],
    occurredAt: minute(1),
    ingestedAt: minute(1.1),
    detectedAt: minute(1.3),
    entities: [
      { kind: 'host', value: 'dc-01' },
      { kind: 'user', value: 'acme\\svc-backup' },
    ],
  }),
];
export const cloud = [
  aFinding({
    findingId: 'f4',
    ruleId: 'cloudtrail-disabled',
    title: 'CloudTrail logging stopped',
    severity: 'HIGH',
    techniques: ['T1562.008'],
    tactics: ['defense-evasion'],
    source: 'cloud',
    occurredAt: minute(2 * DAY),
    ingestedAt: minute(2 * DAY + 4),
    detectedAt: minute(2 * DAY + 4.2),
    entities: [{ kind: 'user', value: 'jean.dupont' }],
  }),
];
export const scan = [
  aFinding({
    findingId: 'f5',
    ruleId: 'port-scan',
    title: 'Internal port scan',
    severity: 'MEDIUM',
    techniques: ['T1046'],
    tactics: ['discovery'],
    source: 'network',
    occurredAt: minute(3 * DAY),
    ingestedAt: minute(3 * DAY),
    detectedAt: minute(3 * DAY + 0.5),
    entities: [{ kind: 'host', value: 'scanner-02' }],
  }),
];
export const logons = [
  aFinding({
    findingId: 'f6',
    ruleId: 'mfa-fatigue',
    title: 'Repeated MFA push requests',
    severity: 'HIGH',
    techniques: ['T1621'],
    tactics: ['credential-access'],
    source: 'identity',
    occurredAt: minute(5 * DAY),
    ingestedAt: minute(5 * DAY + 1),
    detectedAt: minute(5 * DAY + 1.5),
    entities: [{ kind: 'user', value: 'marie.curie' }],
  }),
];
