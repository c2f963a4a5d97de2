import type { CaseOpen } from '#contracts';
import { finding } from '../../services/cases/test/samples.js';
import { SYSTEM } from './action-history.js';

/** Opens a HIGH case of one finding, which names the host web01. */
export const openingOf = (caseId: string): CaseOpen => ({
  type: 'case.open',
  caseId,
  number: 1,
  title: 't',
  description: '',
  severity: 'HIGH',
  findings: [finding('f1', 'host:web01')],
  entities: [],
  because: '',
  openedBy: SYSTEM,
});
