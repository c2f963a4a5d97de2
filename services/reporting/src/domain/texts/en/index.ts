import type { ReportTexts } from '../report-texts.js';
import { figures } from './figures.js';
import { formulas } from './formulas.js';
import { labels } from './labels.js';
import { sentences } from './sentences.js';
import { states } from './states.js';
import { story } from './story.js';
import { techniques } from './techniques.js';

export const en: ReportTexts = {
  locale: 'en-GB',
  comma: ', ',
  colon: ': ',
  channels: {
    mail: 'e-mail',
    phone: 'phone',
    call: 'phone',
    webhook: 'webhook',
    portal: 'the portal',
    slack: 'Slack',
    teams: 'Teams',
  },
  title: { WEEKLY: 'Weekly security report', MONTHLY: 'Monthly security report' },
  sections: {
    verdict: 'Verdict',
    funnel: 'From events to cases',
    waiting: 'Waiting on you',
    cases: 'Cases',
    actions: 'Response actions',
    clocks: 'Response times and service levels',
    hunts: 'Threat hunts',
    visibility: 'Visibility',
    posture: 'Posture and recommendations',
    quality: 'Detection quality',
    appendix: 'Appendix: how every figure is made',
  },
  labels,
  figures,
  formulas,
  ...states,
  ...sentences,
  story,
  techniques,
  duration: { day: 'd', hour: 'h', minute: 'min', second: 's', ms: 'ms' },
};
