import type { Texts } from './words.js';
import { formulas } from './en-formulas.js';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const joined = (parts: string[]): string => (parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? ''));
const is = (count: number): string => (count === 1 ? 'is' : 'are');

export const en: Texts = {
  locale: 'en-GB',
  comma: ', ',
  colon: ': ',
  title: { WEEKLY: 'Weekly security report', MONTHLY: 'Monthly security report' },
  sections: {
    verdict: 'Verdict', funnel: 'From events to cases', waiting: 'Waiting on you', cases: 'Cases', actions: 'Response actions', clocks: 'Response times and service levels',
    hunts: 'Threat hunts', visibility: 'Visibility', posture: 'Posture and recommendations', quality: 'Detection quality', appendix: 'Appendix: how every figure is made',
  },
  labels: {
    product: 'Managed detection and response', confidential: 'Confidential', case: 'Case', severity: 'Severity', status: 'Status', opened: 'Opened', contained: 'Contained', resolved: 'Resolved',
    verdict: 'Verdict', findings: 'Findings', action: 'Action', target: 'Target', state: 'State', approvedBy: 'Approved by', verified: 'Verified', reverted: 'Reverted', since: 'Since', age: 'Age',
    what: 'What we need', subject: 'Subject', 'target-time': 'Target', due: 'Due', met: 'Met', late: 'Late by', level: 'Service level', attained: 'Attained', missed: 'Missed', attainment: 'Attainment',
    figure: 'Figure', median: 'Median', p90: '90th percentile', n: 'Count', hypothesis: 'Hypothesis', technique: 'Technique', scope: 'Scope', events: 'Events', eventsBefore: 'Period before', rows: 'Matches',
    outcome: 'Outcome', source: 'Source', kind: 'Type', lastSeen: 'Last seen', change: 'Change', recommendation: 'Recommendation', given: 'Given', done: 'Done', open: 'Open', rule: 'Detection rule',
    falsePositives: 'False positives', matches: 'Matches', reasons: 'Reason', value: 'Value', formula: 'Formula', query: 'Facts and fields', rootCause: 'Root cause', patientZero: 'Patient zero', cause: 'Cause',
    prevention: 'Prevention', initialAccess: 'Initial access', attack: 'ATT&CK', timeline: 'Timeline', known: 'known', summary: 'Summary', involved: 'Involved', priority: 'Priority', perDay: 'Findings per day',
    containTimes: 'Time to contain, by case', ours: 'Ours', yours: 'Yours', thirdParty: 'Third parties', silent: 'Silent', alive: 'Sending', byPolicy: 'Response policy', nobody: '—',
    nothingFound: 'Nothing found', notMet: 'Not yet', allSources: 'All sources', noData: 'No data', tuning: 'Tuning done', suppressions: 'Active suppressions', cases: 'Cases', needingYou: 'Cases that needed you',
    period: 'Period', timeZone: 'Time zone', responseMode: 'Response model', waitedFor: 'Who cases waited for', stopped: 'What was stopped', usage: 'Usage and value', reference: 'Reference',
    posture: 'Posture', unattributed: 'Not stated', businessHours: 'business hours', phase: 'Phase', breaches: 'Missed service levels', levelsAttained: 'Service levels attained',
  },
  figures: {
    'time-to-detect': 'Time to detect', 'pipeline-delay': 'Pipeline delay', 'time-to-acknowledge': 'Time to acknowledge', 'time-to-notify': 'Time to notify', 'time-to-contain': 'Time to contain',
    'time-to-resolve': 'Time to resolve', 'time-to-resolve-ours': 'of which ours', 'time-to-resolve-customer': 'of which yours', 'time-to-resolve-third-party': 'of which third parties',
    'time-to-approve': 'Time to your decision', events: 'Events received', findings: 'Findings', cases: 'Cases opened', 'cases-needing-customer': 'Cases that needed you', fidelity: 'Fidelity',
    'coverage-techniques': 'Technique coverage', 'coverage-sources': 'Sources alive', 'coverage-assets': 'Assets sending', satisfaction: 'Your rating', 'dead-letters': 'Messages set aside', bytes: 'Data received',
    assets: 'Assets known', 'analyst-minutes': 'Analyst minutes', 'actions-verified': 'Actions verified', 'hours-saved': 'Hours saved', hunts: 'Hunts', 'hunt-hypotheses': 'Hypotheses tested',
    'hunt-events': 'Events searched', 'hunts-with-rows': 'Hunts with matches', 'hunt-time': 'Search time', 'sla-acknowledge': 'Acknowledged in time', 'sla-notify': 'Notified in time',
    'sla-contain': 'Contained in time', 'sla-resolve': 'Resolved in time',
  },
  formulas,
  severities: { UNKNOWN: 'Unknown', INFORMATIONAL: 'Informational', LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High', CRITICAL: 'Critical', FATAL: 'Fatal' },
  statuses: { NEW: 'New', IN_PROGRESS: 'In progress', ON_HOLD: 'On hold', RESOLVED: 'Resolved', CLOSED: 'Closed' },
  onHold: { NONE: 'no reason given', AWAITING_CUSTOMER: 'waiting for you', AWAITING_APPROVAL: 'waiting for your approval', AWAITING_THIRD_PARTY: 'waiting for a third party' },
  phases: { IDENTIFICATION: 'Identification', CONTAINMENT: 'Containment', ERADICATION: 'Eradication', RECOVERY: 'Recovery', LESSONS_LEARNED: 'Lessons learned' },
  verdicts: {
    UNKNOWN: 'Under investigation', TRUE_POSITIVE: 'True positive', FALSE_POSITIVE: 'False positive', BENIGN: 'Benign', SUSPICIOUS: 'Suspicious', TEST: 'Test', DUPLICATE: 'Duplicate',
    INSUFFICIENT_DATA: 'Insufficient data', OTHER: 'Other',
  },
  verdictReasons: {
    NONE: '—', EXPECTED_ACTIVITY: 'Expected activity', AUTHORIZED_TEST: 'Authorised test', PUP_PUA: 'Unwanted application', POLICY_VIOLATION: 'Policy violation', ATTACK_FAILED: 'Attack failed',
    IT_MISCONFIGURATION: 'IT misconfiguration', INCORRECT_RULE_LOGIC: 'Incorrect rule logic', INACCURATE_DATA: 'Inaccurate data', OTHER: 'Other',
  },
  actionClasses: { 'isolate-host': 'Isolate host', 'release-host': 'Release host', 'suspend-user': 'Suspend account', 'unsuspend-user': 'Reinstate account' },
  actionStates: {
    PROPOSED: 'Proposed', AWAITING_APPROVAL: 'Awaiting approval', APPROVED: 'Approved', DENIED: 'Declined', EXPIRED: 'Approval expired', GUIDED: 'Guidance given', SKIPPED: 'Not permitted by policy',
    EXECUTING: 'In execution', SUCCEEDED: 'Executed, not yet verified', PARTIAL: 'Partly executed', FAILED: 'Failed', UNSUPPORTED: 'Not supported', OUTCOME_UNKNOWN: 'Outcome unknown', VERIFIED: 'Effect verified',
    VERIFY_FAILED: 'No effect seen', REVERTING: 'Being reverted', REVERTED: 'Reverted', DONE_BY_CUSTOMER: 'Done by you', RESOLVING: 'Target being identified',
  },
  clocks: { ACKNOWLEDGE: 'Acknowledge', NOTIFY: 'Notify', CONTAIN: 'Contain', RESOLVE: 'Resolve' },
  sources: {
    UNKNOWN: 'Other', WINDOWS: 'Windows endpoint', AWS_CLOUDTRAIL: 'AWS CloudTrail', OKTA: 'Okta', SURICATA: 'Suricata',
    AZURE: 'Azure', GCP_AUDIT: 'Google Cloud', M365: 'Microsoft 365', GOOGLE_WORKSPACE: 'Google Workspace', GITHUB: 'GitHub', LINUX: 'Linux endpoint', MACOS: 'macOS endpoint',
    ZEEK: 'Zeek', WEB_PROXY: 'Web proxy', DNS: 'DNS', FIREWALL: 'Firewall', WEB_SERVER: 'Web server', MIMECAST: 'Mimecast e-mail', LOOKOUT: 'Lookout mobile',
  },
  modes: { AUTHORIZE: 'Authorise: we act', COLLABORATE: 'Collaborate: we act once you agree', NOTIFY: 'Notify: we guide, you act' },
  waiting: { APPROVAL: 'Approval', GUIDANCE: 'Action on your side', QUESTION: 'Answer', ON_HOLD: 'Information', RECOMMENDATION: 'Recommendation' },
  timeline: {
    ACTIVITY: 'Activity', OPENED: 'Case opened', ACKNOWLEDGED: 'Taken on by an analyst', NOTIFIED: 'You were notified', QUESTION: 'Question', ANSWER: 'Answer', ON_HOLD: 'On hold', CONTINUED: 'Work continued',
    ACTION: 'Response', CONTAINED: 'Contained, effect verified', RESOLVED: 'Resolved', CLOSED: 'Closed', REOPENED: 'Reopened',
  },
  posture: {
    SOURCE_SILENT: (count, names) => `${plural(count, 'telemetry source is', 'telemetry sources are')} silent: ${names}`,
    ASSETS_UNSEEN: (count, names) => `${plural(count, 'known asset was', 'known assets were')} not seen in telemetry: ${names}`,
    TECHNIQUES_UNCOVERED: (count, names) => `${plural(count, 'technique', 'techniques')} in scope without a tested rule on live telemetry: ${names}`,
  },
  postureAdvice: {
    SOURCE_SILENT: 'Check the agent, forwarder or credential of the source.',
    ASSETS_UNSEEN: 'Install the agent on these assets, or retire them from the inventory.',
    TECHNIQUES_UNCOVERED: 'We add tested rules; a further telemetry source may be needed.',
  },
  verdict: {
    grey: () => 'No telemetry reached us in this period, so we cannot judge your security.',
    red: ({ uncontained }) => `${plural(uncontained, 'serious case is', 'serious cases are')} not contained yet and ${uncontained === 1 ? 'needs' : 'need'} attention now.`,
    amber: ({ contained, waiting, breaches, silent }) => {
      const parts = [
        ...(waiting ? [`${plural(waiting, 'item', 'items')} ${is(waiting)} waiting on you`] : []),
        ...(breaches ? [`${plural(breaches, 'service level was', 'service levels were')} missed`] : []),
        ...(silent ? [`${plural(silent, 'telemetry source', 'telemetry sources')} ${is(silent)} silent`] : []),
      ];
      const first = contained ? `${plural(contained, 'case was', 'cases were')} contained` : 'No serious case is left uncontained';
      return parts.length ? `${first}; ${joined(parts)}.` : `${first}; nothing is left for you to do.`;
    },
    green: ({ cases }) => (cases ? `A calm period: ${plural(cases, 'case was', 'cases were')} examined and nothing is left for you to do.` : 'A calm period: nothing needed a case, and nothing is left for you to do.'),
  },
  empty: {
    waiting: 'Nothing is waiting on you.', cases: 'No case was open in this period.', actions: 'No response action was taken in this period.', breaches: 'No service level was missed.',
    hunts: 'No hunt ended in this period.', posture: 'No gap in visibility was seen.', recommendations: 'No recommendation is open.', quality: 'No rule raised a finding in this period.',
    containments: 'No case was contained in this period.', clocks: 'No service level clock was decided in this period.', findings: 'No finding was raised in this period.',
    tuning: 'No tuning and no suppression is on record for this period.',
  },
  sentences: {
    funnel: (events, findings, cases, needing) => `Out of ${events} events came ${findings} findings in ${cases} cases, of which ${needing} needed you.`,
    ratio: (count) => `1 in ${count}`,
    omitted: (count) => `${plural(count, 'further entry is', 'further entries are')} not shown here; the portal has all of them.`,
    stopped: (action, target, at, caseNumber) => `${action}: ${target}, effect seen on ${at} (${caseNumber}).`,
    saved: (hours) => `About ${hours} hours of triage were spared your team.`,
    assets: (sending, known) => (sending === null ? `${known} assets are known; no source tells which of them sent telemetry.` : `${sending} of ${known} known assets sent telemetry.`),
    techniques: (covered, inScope) => `${covered} of ${inScope} ATT&CK techniques in scope have a tested rule and live telemetry.`,
    rating: (median, n) => `Median ${median} of 5 from ${n} ratings.`,
    percentile: 'Median: the middle value (the mean of the two in the middle for an even count). 90th percentile: nearest rank. No data is shown as such, never as zero.',
    verify: 'Each figure can be recomputed from the facts named here with “vigie report verify”.',
  },
  duration: { day: 'd', hour: 'h', minute: 'min', second: 's', ms: 'ms' },
};
