import type { ReportCount } from '../count.js';
import type { SentenceTexts } from '../report-texts.js';

const of = ({ count, text }: ReportCount, one: string, many: string): string => `${text} ${count === 1 ? one : many}`;
const plural = (count: number, one: string, many: string): string => of({ count, text: `${count}` }, one, many);
const joined = (parts: string[]): string =>
  parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '');
const is = (count: number): string => (count === 1 ? 'is' : 'are');

export const sentences: SentenceTexts = {
  posture: {
    SOURCE_SILENT: (count, names) =>
      `${plural(count, 'telemetry source is', 'telemetry sources are')} silent: ${names}`,
    ASSETS_UNSEEN: (count, names) =>
      `${plural(count, 'known asset was', 'known assets were')} not seen in telemetry: ${names}`,
    TECHNIQUES_UNCOVERED: (count, names) =>
      `${plural(count, 'technique', 'techniques')} of rules for your sources without a tested rule on live telemetry: ${names}`,
  },
  postureAdvice: {
    SOURCE_SILENT: 'Check the agent, forwarder or credential of the source.',
    ASSETS_UNSEEN: 'Install the agent on these assets, or retire them from the inventory.',
    TECHNIQUES_UNCOVERED: 'We add tested rules; a further telemetry source may be needed.',
  },
  verdict: {
    grey: () => 'No telemetry reached us in this period, so we cannot judge your security.',
    red: ({ uncontained }) =>
      `${plural(uncontained, 'serious case is', 'serious cases are')} not contained yet and ${uncontained === 1 ? 'needs' : 'need'} attention now.`,
    amber: ({ contained, handedOver, waiting, breaches, silent, gaps }) => {
      const parts = [
        ...(waiting ? [`${plural(waiting, 'item', 'items')} ${is(waiting)} waiting on you`] : []),
        ...(breaches ? [`${plural(breaches, 'service level was', 'service levels were')} missed`] : []),
        ...(silent ? [`${plural(silent, 'telemetry source', 'telemetry sources')} ${is(silent)} silent`] : []),
        ...(gaps ? [`${plural(gaps, 'posture item', 'posture items')} ${is(gaps)} open`] : []),
      ];
      const told = [
        ...(contained ? [`${plural(contained, 'case was', 'cases were')} contained`] : []),
        ...(handedOver
          ? [
              `${plural(handedOver, 'serious case is', 'serious cases are')} dealt with as you told us, which we have not seen`,
            ]
          : []),
      ];
      const first = told.join('; ') || 'No serious case is left uncontained';
      return parts.length ? `${first}; ${joined(parts)}.` : `${first}; nothing is left for you to do.`;
    },
    green: ({ cases }) =>
      cases
        ? `A calm period: ${plural(cases, 'case was', 'cases were')} examined and nothing is left for you to do.`
        : 'A calm period: nothing needed a case, and nothing is left for you to do.',
  },
  empty: {
    waiting: 'Nothing is waiting on you.',
    waitingUncontained:
      'We have asked you for nothing yet, but what is not contained is not over: speak to your analyst about the open cases below.',
    cases: 'No case was open in this period.',
    actions: 'No response action was taken in this period.',
    breaches: 'No service level was missed.',
    hunts: 'No hunt ended in this period.',
    posture: 'No gap in visibility was seen.',
    recommendations: 'No recommendation is open.',
    quality: 'No rule raised a finding in this period.',
    containments: 'No case was contained in this period.',
    clocks: 'No service level clock was decided in this period.',
    findings: 'No finding was raised in this period.',
    tuning: 'No tuning and no suppression is on record for this period.',
  },
  sentences: {
    funnel: (events, findings, cases, needing) =>
      [
        `Out of ${of(events, 'event', 'events')} came ${of(findings, 'finding', 'findings')}`,
        `in ${of(cases, 'case', 'cases')}, of which ${needing.text} needed you.`,
      ].join(' '),
    ratio: (count) => `1 in ${count}`,
    findingsIn: (opened, earlier, none) =>
      `Of these findings, ${opened.text} ${is(opened.count)} of cases opened in this period, ${earlier.text} of earlier cases and ${none.text} of none.`,
    casesTold: (opened, earlier) =>
      `${of(opened, 'case was', 'cases were')} opened in this period; ${of(earlier, 'earlier one is', 'earlier ones are')} told here as well.`,
    value: (handled, minutes, saved) =>
      `Hours saved: ${of(handled, 'finding', 'findings')} handled without you × ${minutes} minutes each (our assumption) = ${saved}.`,
    trend: {
      better: (names) => `Better than in the period before: ${names}.`,
      worse: (names) => `Worse than in the period before: ${names}.`,
      alike: (names) => `As in the period before: ${names}.`,
    },
    omitted: (count) =>
      `${plural(count, 'further entry is', 'further entries are')} not shown here; the portal has all of them.`,
    stopped: (action, target, at, caseNumber) => `${action}: ${target}, effect seen on ${at} (${caseNumber}).`,
    notVerified: (action, target, why, caseNumber) =>
      `${action}: ${target}, effect not proved yet: ${why} (${caseNumber}).`,
    assets: (sending, known) =>
      sending === null
        ? `${of(known, 'asset is', 'assets are')} known; no source tells which of them sent telemetry.`
        : `${sending.text} of ${of(known, 'known asset', 'known assets')} sent telemetry.`,
    techniques: (covered, inScope) =>
      `Of ${of(inScope, 'ATT&CK technique', 'ATT&CK techniques')} that rules for your sources address, ${covered.text} ${covered.count === 1 ? 'has' : 'have'} a tested rule and live telemetry; what no rule addresses is not counted.`,
    percentile:
      'Median: the middle value (the mean of the two in the middle for an even count). 90th percentile: nearest rank. No data is shown as such, never as zero.',
    verify: 'Each figure can be recomputed from the facts named here with “vigie report verify”.',
  },
};
