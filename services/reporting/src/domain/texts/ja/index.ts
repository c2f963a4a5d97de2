import type { ReportTexts } from '../report-texts.js';
import { figures } from './figures.js';
import { formulas } from './formulas.js';
import { labels } from './labels.js';
import { sentences } from './sentences.js';
import { states } from './states.js';
import { story } from './story.js';
import { techniques } from './techniques.js';

export const ja: ReportTexts = {
  locale: 'ja-JP',
  comma: '、',
  colon: '：',
  channels: {
    mail: 'メール',
    phone: '電話',
    call: '電話',
    webhook: 'Webhook',
    portal: 'ポータル',
    slack: 'Slack',
    teams: 'Teams',
  },
  title: { WEEKLY: '週次セキュリティレポート', MONTHLY: '月次セキュリティレポート' },
  sections: {
    verdict: '総評',
    funnel: 'イベントからケースまで',
    waiting: 'お客様の対応をお待ちしている事項',
    cases: 'ケース',
    actions: '対応措置',
    clocks: '対応時間とサービスレベル',
    hunts: '脅威ハンティング',
    visibility: '可視性',
    posture: 'ポスチャと推奨事項',
    quality: '検知の品質',
    appendix: '付録：各指標の算出方法',
  },
  labels,
  figures,
  formulas,
  ...states,
  ...sentences,
  story,
  techniques,
  duration: { day: '日', hour: '時間', minute: '分', second: '秒', ms: 'ミリ秒' },
};
