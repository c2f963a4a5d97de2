import type { ReportTexts } from '../report-texts.js';

export const formulas: ReportTexts['formulas'] = {
  'time-to-detect': 'From the first activity of a finding to its detection, for findings detected in the period.',
  'pipeline-delay':
    'From the arrival of the first activity of a finding to its detection, for findings detected in the period.',
  'time-to-acknowledge':
    'From the opening of a case to its first acknowledgement by an analyst, for acknowledgements in the period.',
  'time-to-notify':
    'From the opening of a case to the first notification of the customer, for notifications in the period.',
  'time-to-contain':
    'From the earliest detection among the findings of a case to the first containment whose effect was verified, for containments in the period.',
  'time-to-resolve':
    'From the opening of a case to its resolution, without time in which it was resolved before being reopened, for cases resolved in the period and still so at its end.',
  'time-to-resolve-ours': 'Time to resolve, less the time on hold for the customer or a third party.',
  'time-to-resolve-customer':
    'Part of the time to resolve in which the case was on hold for the customer or the customer’s approval.',
  'time-to-resolve-third-party': 'Part of the time to resolve in which the case was on hold for a third party.',
  'time-to-approve':
    'From the request for approval of an action to the customer’s decision, for decisions in the period.',
  events: 'Sum of events accepted, by receipts of the period; each offset of an ingest topic counts once.',
  findings: 'Findings detected in the period; repetitions of a finding are not counted again.',
  cases: 'Cases opened in the period and not merged into another one by its end.',
  'cases-needing-customer':
    'Of the cases opened in the period, those on hold for the customer, with a question to the customer, or with an action that asked for approval or guided the customer.',
  fidelity:
    'True positives divided by true and false positives, of cases resolved in the period that reached the customer.',
  'coverage-techniques':
    'ATT&CK techniques with a rule that brings tests on a source that is alive, divided by techniques that some rule addresses on a registered kind of source.',
  'coverage-sources':
    'Sources that have sent events and were not found silent at the end of the period, divided by registered sources.',
  'coverage-assets':
    'Registered assets of which a name was seen in telemetry of the period, divided by registered assets.',
  satisfaction: 'Ratings of 1 to 5 given by the customer in the period, the last one of each case.',
  'dead-letters': 'Sum of messages and lines set aside as unreadable, by receipts of the period.',
  bytes: 'Sum of bytes received, by receipts of the period.',
  assets: 'Assets registered.',
  'analyst-minutes':
    'Minutes from acknowledgement to resolution, less time on hold for others, of cases resolved in the period. Elapsed time, not effort clocked.',
  'actions-verified': 'Response actions whose effect was seen in the period.',
  'hours-saved':
    'Findings of the period outside cases that needed the customer, times 15 minutes. The 15 minutes are an assumption.',
  hunts: 'Hunts that ended in the period, those that found nothing included.',
  'hunt-hypotheses': 'Different hypotheses of these hunts.',
  'hunt-events': 'Sum of events in the scope of these hunts.',
  'hunts-with-rows': 'Hunts of the period with at least one match.',
  'hunt-time': 'Sum of the time these hunts searched.',
  'sla-acknowledge': 'Acknowledge clocks met by their due time, divided by those met or missed in the period.',
  'sla-notify': 'Notify clocks met by their due time, divided by those met or missed in the period.',
  'sla-contain':
    'Contain clocks met by their due time, divided by those met or missed in the period; a case resolved before needs no containment.',
  'sla-resolve':
    'Resolve clocks met by their due time, divided by those met or missed in the period; clocks stand still while others are waited for.',
};
