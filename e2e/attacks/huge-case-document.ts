import type { CaseFact, FindingSummary } from '#contracts';
import { heard, showing } from '#libs/testing';
import { cases, type CaseDoc } from '../../services/gateway/src/views/cases.js';
import type { Attack } from './attack.js';

const LARGEST = 3_000_000;
const [caseId, at] = ['c', Date.UTC(2026, 10, 2)];

const finding = (findingId: string, title: string): FindingSummary => ({
  findingId,
  ruleId: 'r',
  title,
  severity: 'LOW',
  confidence: 50,
  techniques: [],
  tactics: [],
  entities: [],
  source: 's',
  occurredAt: at,
  ingestedAt: at,
  detectedAt: at,
  criticality: 'UNKNOWN',
  knownIndicator: false,
  assetGroups: [],
});
const shown = (findings: number, title: string): CaseDoc | undefined => {
  const facts: CaseFact[] = [
    {
      type: 'case.opened',
      caseId,
      number: 1_001,
      title,
      description: '',
      severity: 'LOW',
      priority: 1,
      because: '',
      findings: [],
      entities: [],
      clocks: [],
      openedBy: { subject: 's', side: 'SYSTEM' },
      at,
    },
    ...Array.from(
      { length: findings },
      (_, index): CaseFact => ({
        type: 'case.findings-added',
        caseId,
        findings: [finding(`f${index}`, title)],
        entities: [],
        because: '',
        at,
      }),
    ),
  ];
  return showing(cases).of(
    ...facts.map((fact, index) => heard(fact, { sequence: { version: index + 1, index: 0, count: 1 } })),
  )[caseId];
};

/** A rule with a title of 440 kB and 48 matches: documents so large that nobody's query was answered. */
export const hugeCaseDocument: Attack = {
  name: 'huge-case-document',
  line: 13,
  control: () => shown(3, 'PsExec')?.findings.length === 3,
  attack: () => (JSON.stringify(shown(48, 'x'.repeat(440_000))).length > LARGEST ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/gateway/src/views/cases.ts',
    find: '...one, title: cut(one.title, TITLE),',
    replace: '...one,',
  },
};
