import { HOUR_MS } from '#libs/terms';
/**
 * A week at one customer, as documents: two attacks, a false alarm, a question, a breach, a hunt and a silent source.
 */
import type { Journals } from '../../src/domain/journals/index.js';
import { aFindingDoc, aHunt, aReceipt, minute, theWeek } from '../samples.js';
import { actions } from './actions.js';
import { cloudCase } from './cloud-case.js';
import { cloud, logons, psexec, scan } from './findings.js';
import { DAY } from './people.js';
import { postures } from './postures.js';
import { psexecCase } from './psexec-case.js';
import { logonCase, scanCase } from './quiet-cases.js';

export { sampleScope } from './scope.js';

const cases = [psexecCase, cloudCase, scanCase, logonCase];

const findings = [...psexec, ...cloud, ...scan, ...logons].map((one, index) =>
  aFindingDoc(
    {
      ruleId: one.ruleId,
      title: one.title,
      severity: one.severity,
      techniques: one.techniques,
      source: one.source,
      occurredAt: one.occurredAt,
      ingestedAt: one.ingestedAt,
      detectedAt: one.detectedAt,
    },
    {
      findingId: one.findingId,
      counts: [{ count: 3 * index + 1, at: one.detectedAt }],
      places: [
        {
          version: index + 1,
          caseId: cases.find((doc) => doc.findings.includes(one))?.caseId ?? '',
          at: one.detectedAt,
        },
      ],
    },
  ),
);

const slots = (perSlot: number, until: number) =>
  Array.from({ length: 7 * 96 }, (_, index) => ({
    slot: theWeek.from / 900_000 + index,
    messages: 10,
    accepted: perSlot + (index % 96) * 3,
    dead: index % 97 === 0 ? 1 : 0,
    unrecognised: 0,
    bytes: perSlot * 900,
  })).filter(({ slot }) => slot * 900_000 < until);

export const sampleWeek: Journals = {
  cases,
  actions,
  findings,
  receipts: [
    aReceipt({ slots: slots(1_800, theWeek.to) }),
    aReceipt({ source: 'cloud', topic: 'ingest.acme.cloud', slots: slots(60, theWeek.to) }),
    aReceipt({ source: 'identity', topic: 'ingest.acme.identity', slots: slots(25, theWeek.to) }),
    aReceipt({ source: 'network', topic: 'ingest.acme.network', slots: slots(400, theWeek.to - 30 * HOUR_MS) }),
  ],
  hosts: [
    {
      source: 'endpoint',
      day: '2026-11-17',
      hosts: [
        { host: 'dc-01', first: minute(DAY), last: minute(DAY + 5) },
        { host: 'ws-01', first: minute(DAY), last: minute(DAY + 5) },
      ],
    },
  ],
  exceptions: [],
  postures,
  recommendations: [],
  hunts: [
    aHunt(),
    aHunt({
      huntId: 'h2',
      hypothesis: 'OAuth grants to unknown applications',
      technique: 'T1528',
      finished: { rows: 4, scanned: 48_000, elapsedMs: 1_900, failure: null, at: minute(4 * DAY) },
    }),
  ],
  rules: [
    {
      importId: 'i1',
      at: 1,
      rules: [
        { ruleId: 'psexec-service', techniques: ['T1569.002'], kind: 'WINDOWS', tested: true },
        { ruleId: 'lsass-access', techniques: ['T1003.001'], kind: 'WINDOWS', tested: true },
        { ruleId: 'cloudtrail-disabled', techniques: ['T1562.008'], kind: 'AWS_CLOUDTRAIL', tested: true },
        { ruleId: 'port-scan', techniques: ['T1046'], kind: 'SURICATA', tested: true },
      ],
    },
  ],
};
