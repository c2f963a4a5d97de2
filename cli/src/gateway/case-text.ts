import { table } from '../terminal/print.js';

/** What the gateway is asked of a case that is shown whole. */
export const CASE_FIELDS = `number tenant title status onHoldReason phase severity priority because verdict
  openedAt acknowledgedAt notifiedAt containedAt closedAt findingCount
  entityFolds { kind count shown }
  findings { title severity techniques entities { kind value } occurredAt detectedAt }
  clocks { kind dueAt pausedAt stoppedAt }
  actions { actionClass target { id } state decision because evidence unverified observedAt }
  deliveries { attempts { at contact channel outcome said } failure acknowledgedAt }
  timeline(order: HAPPENED) { occurredAt kind text }`;

interface ShownDelivery {
  attempts: { at: string; contact: string; channel: string; outcome: string; said: string }[];
  failure?: string;
  acknowledgedAt?: string;
}

export interface ShownCase {
  number: string;
  title: string;
  status: string;
  onHoldReason: string;
  phase: string;
  severity: string;
  priority: number;
  because: string;
  verdict: string;
  openedAt: string;
  containedAt?: string;
  closedAt?: string;
  findingCount: number;
  entityFolds: { kind: string; count: number; shown: string[] }[];
  findings: {
    title: string;
    severity: string;
    techniques: string[];
    entities: { kind: string; value: string }[];
    occurredAt: string;
  }[];
  actions: {
    actionClass: string;
    target: { id: string };
    state: string;
    because?: string;
    evidence?: string;
    unverified?: string | null;
    observedAt?: string | null;
  }[];
  deliveries: ShownDelivery[];
  clocks: { kind: string; dueAt: string; pausedAt?: string | null; stoppedAt?: string | null }[];
  timeline: { occurredAt: string; kind: string; text: string }[];
}

const clockText = ({ dueAt, pausedAt, stoppedAt }: ShownCase['clocks'][number]): string => {
  if (stoppedAt) return `${stoppedAt > dueAt ? 'stopped late' : 'stopped in time'}, ${stoppedAt}`;
  return pausedAt ? `stands still since ${pausedAt}` : 'runs';
};

const hostsOf = (entities: { kind: string; value: string }[]): string =>
  entities
    .filter(({ kind }) => kind === 'host')
    .map(({ value }) => value)
    .join(', ');

const foldText = ({ kind, count, shown }: ShownCase['entityFolds'][number]): string => {
  const more = count - shown.length;
  return `${kind} ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const toldText = (deliveries: readonly ShownDelivery[]): string => {
  const rows = deliveries.flatMap(({ attempts, failure, acknowledgedAt }) => [
    ...attempts.map(({ at, contact, channel, outcome, said }) => [at, contact, channel, outcome, said]),
    ...(failure ? [['', 'nobody', '', 'FAILED', failure]] : []),
    ...(acknowledgedAt ? [[acknowledgedAt, 'the customer', '', 'TOOK NOTE', '']] : []),
  ]);
  return rows.length ? table(['when', 'who', 'how', 'what came of it', 'what was said'], rows) : 'nobody yet';
};

/** What was seen of an action and its age, or why nothing was yet; else why it was decided so. */
const seenOf = ({ evidence, because, unverified, observedAt }: ShownCase['actions'][number]): string =>
  evidence
    ? `${unverified ? `not verified (${unverified}): ` : ''}${evidence}${observedAt ? `, as of ${observedAt}` : ''}`
    : (because ?? '');

/** A case as a page of text. Times are UTC. */
export const caseText = (shown: ShownCase): string =>
  [
    `${shown.number}  ${shown.title}`,
    `${shown.severity}, priority ${shown.priority}: ${shown.because}`,
    `${shown.status}${shown.onHoldReason === 'NONE' ? '' : ` (${shown.onHoldReason})`}, ${shown.phase}, verdict ${shown.verdict}; opened ${shown.openedAt}${shown.containedAt ? `, contained ${shown.containedAt}` : ''}${shown.closedAt ? `, closed ${shown.closedAt}` : ''}`,
    '',
    `Entities: ${shown.entityFolds.map(foldText).join('; ')}`,
    '',
    `${shown.findingCount} findings`,
    table(
      ['first seen', 'severity', 'where', 'ATT&CK', 'what'],
      shown.findings.map((one) => [
        one.occurredAt,
        one.severity,
        hostsOf(one.entities),
        one.techniques.join(' '),
        one.title,
      ]),
    ),
    '',
    'Clocks',
    shown.clocks.length
      ? table(
          ['clock', 'due', ''],
          shown.clocks.map((one) => [one.kind, one.dueAt, clockText(one)]),
        )
      : 'none',
    '',
    'Actions',
    shown.actions.length
      ? table(
          ['action', 'target', 'state', 'why and what was seen'],
          shown.actions.map((one) => [one.actionClass, one.target.id, one.state, seenOf(one)]),
        )
      : 'none',
    '',
    'Who was told',
    toldText(shown.deliveries),
    '',
    'Timeline',
    table(
      ['when', 'what', ''],
      shown.timeline.map((one) => [one.occurredAt, one.kind, one.text]),
    ),
  ].join('\n');
