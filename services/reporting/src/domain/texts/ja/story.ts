import type { StoryTexts } from '../story-texts.js';

const tactics: StoryTexts['tactics'] = {
  reconnaissance: { name: '偵察', means: '侵入経路を探る動きがありました。' },
  'resource-development': { name: '攻撃の準備', means: '攻撃に使う手段が準備されました。' },
  'initial-access': { name: '初期侵入', means: '侵入が試みられたか、侵入されました。' },
  execution: { name: '不正実行', means: '御社のシステムで不審なプログラムが実行されました。' },
  persistence: { name: '潜伏の維持', means: '後から再び侵入できるようにする仕掛けがありました。' },
  'privilege-escalation': { name: '権限昇格', means: '本来より高い権限を得ようとする動きがありました。' },
  stealth: { name: '隠蔽', means: '発見を逃れようとする動きがありました。' },
  'defense-evasion': { name: '防御回避', means: '発見を逃れる、または他人になりすます動きがありました。' },
  'defense-impairment': { name: '防御の弱体化', means: 'システムを守る仕組みが弱められました。' },
  'credential-access': { name: '認証情報の窃取', means: 'パスワードや鍵を得ようとする動きがありました。' },
  discovery: { name: '内部探索', means: '御社のシステムに何があるかを探る動きがありました。' },
  'lateral-movement': { name: '横展開', means: 'あるシステムから別のシステムへ移ろうとする動きがありました。' },
  collection: { name: '情報収集', means: '盗む価値のあるデータが集められました。' },
  'command-and-control': { name: '遠隔操作', means: '御社のシステムが、操作者と思われる相手と通信しました。' },
  exfiltration: { name: '持ち出し', means: 'データが外部へ持ち出された可能性があります。' },
  impact: { name: '妨害', means: '破壊、暗号化、または停止を狙う動きがありました。' },
};

const KINDS: Record<string, string> = {
  hash: 'ファイルハッシュ',
  ip: 'アドレス',
  domain: 'ドメイン',
  url: 'URL',
  process: 'プロセス',
  file: 'ファイル',
  'cloud-account': 'クラウドアカウント',
};

export const story: StoryTexts = {
  parts: { HAPPENED: '何が起きたか', MEANS: '何を意味するか', WE_DID: '当社の対応', YOU_DO: 'お客様へのお願い' },
  tactics,
  kinds: (kind, { text }) => `${KINDS[kind] ?? kind} ${text} 件`,
  headline: (tactic, where) => (where ? `${tactic}：${where}` : tactic),
  seen: (title, at, where, who) =>
    `${at}、${where ? `${where} で` : ''}${who ? `アカウント ${who} による` : ''}「${title}」を検知しました。`,
  more: ({ count, text }, from, to) =>
    count === 1
      ? `関連する検知事象がもう 1 件あります（${from}）。`
      : `関連する検知事象がほかに ${text} 件あります（${from}～${to}）。`,
  reported: {
    CUSTOMER: (at) => `${at}、お客様から調査のご依頼がありました。`,
    PROVIDER: (at) => `${at}、当社のアナリストが起票しました。`,
    SYSTEM: (at) => `${at} に起票されました。`,
  },
  critical: (name, criticality) =>
    `${name} は御社にとって${criticality === 'CRITICAL' ? '極めて重要' : '重要'}な資産です。`,
  indicator: '他の攻撃で知られているアドレス、名前またはファイルが含まれています。',
  verdict: {
    TRUE_POSITIVE: '実際の攻撃でした。',
    FALSE_POSITIVE: '誤検知でした。',
    BENIGN: '無害な活動でした。',
    SUSPICIOUS: '疑いは残ります。証拠も、問題がないとする説明も見つかっていません。',
    TEST: 'テストでした。',
    DUPLICATE: '別のケースで扱っています。',
    INSUFFICIENT_DATA: '何であったかを判断するにはデータが足りません。',
    OTHER: '結論に至りました。',
  },
  reason: (reason) => `理由：${reason}。`,
  summary: (text) => `アナリストの所見：「${text}」`,
  unjudged: '何であるかを調査中です。',
  acknowledged: (after) => `${after}後にアナリストが着手しました。`,
  told: (contact, channel, at) => `${at}、${contact} 様に${channel}でお知らせしました。`,
  actions: {
    VERIFIED: ({ action, target, at }) => `${action}（${target}）を実施し、${at} に効果を確認しました。`,
    SUCCEEDED: ({ action, target, at }) =>
      `${action}（${target}）を ${at} に実施しました。効果はまだ確認できていません。`,
    REVERTED: ({ action, target, at }) => `${action}（${target}）を ${at} に解除しました。`,
    DENIED: ({ action, target, at }) => `${action}（${target}）は ${at} にお客様が見送られました。`,
    EXPIRED: ({ action, target, at }) => `${action}（${target}）は ${at} までに回答がなく、実施していません。`,
    FAILED: ({ action, target, at }) => `${action}（${target}）は ${at} に失敗しました。`,
    VERIFY_FAILED: ({ action, target, at }) =>
      `${action}（${target}）を実施しましたが、${at} に効果がないことを確認しました。`,
    DONE_BY_CUSTOMER: ({ action, target, at }) =>
      `${action}（${target}）は ${at} にお客様から実施済みとご連絡を頂きました。`,
  },
  action: ({ action, target, state, at }) => `${action}（${target}）：${state}、${at}。`,
  nobodyAsked: ({ action, target, at }) =>
    `${action}（${target}）は ${at} までに承認をお願いできる方に連絡がつかず、実施していません。`,
  givenBackByAnother: ({ action, target, at }) =>
    `${action}（${target}）は現在有効ではありません。別の対応により解除されたことを ${at} に確認しました。`,
  undoFailed: ({ action, target, at }) =>
    `${action}（${target}）は ${at} の時点でまだ解除できておらず、措置が続いているかは確認できていません。`,
  contained: (at) => `これにより ${at} に攻撃を封じ込めました。`,
  closed: (at) => `${at} にケースを終了しました。`,
  nothingDone: 'アナリストはまだ着手していません。',
  approve: (action, target) => `実施してよいかご判断ください：${action}（${target}）。`,
  guidance: (action, target) => `ポータルの手順に沿って実施してください：${action}（${target}）。`,
  reply: (text) => `ご回答ください：「${text}」`,
  held: {
    NONE: 'ご連絡ください。ケースは保留中です。',
    AWAITING_CUSTOMER: 'ご連絡ください。ケースはお客様の回答を待っています。',
    AWAITING_APPROVAL: 'ご連絡ください。ケースはお客様の承認を待っています。',
    AWAITING_THIRD_PARTY: '現時点ではありません。第三者の対応を待っています。',
  },
  follow: (text) => `推奨事項：「${text}」`,
  alsoAs: (names) => `別名 ${names}`,
  holds: (action, target, until) =>
    `${action}（${target}）は継続中です${until ? `（遅くとも ${until} に自動で終了）` : ''}。早めの解除が必要な場合はご連絡ください。`,
  prevent: (text) => `再発防止のために：「${text}」`,
  nothingYet: '現時点ではありません。当社で対応中です。',
  nothingToDo: 'ありません。',
};
