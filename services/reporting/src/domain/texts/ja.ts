import type { Texts } from './words.js';
import { formulas } from './ja-formulas.js';

export const ja: Texts = {
  locale: 'ja-JP',
  comma: '、',
  colon: '：',
  title: { WEEKLY: '週次セキュリティレポート', MONTHLY: '月次セキュリティレポート' },
  sections: {
    verdict: '総評', funnel: 'イベントからケースまで', waiting: 'お客様の対応をお待ちしている事項', cases: 'ケース', actions: '対応措置', clocks: '対応時間とサービスレベル', hunts: '脅威ハンティング',
    visibility: '可視性', posture: 'ポスチャと推奨事項', quality: '検知の品質', appendix: '付録：各指標の算出方法',
  },
  labels: {
    product: 'マネージド検知・対応サービス', confidential: '機密', case: 'ケース', severity: '重大度', status: '状況', opened: '起票', contained: '封じ込め', resolved: '解決', verdict: '判定', findings: '検知事象',
    action: '措置', target: '対象', state: '状態', approvedBy: '承認者', verified: '効果確認', reverted: '取り消し', since: '開始', age: '経過', what: 'お願いする内容', subject: '件名', 'target-time': '目標', due: '期限',
    met: '達成', late: '超過', level: 'サービスレベル', attained: '達成', missed: '未達', attainment: '達成率', figure: '指標', median: '中央値', p90: '90 パーセンタイル', n: '件数', hypothesis: '仮説',
    technique: 'テクニック', scope: '範囲', events: 'イベント数', eventsBefore: '前期間', rows: '該当', outcome: '結果', source: 'ソース', kind: '種別', lastSeen: '最終受信', change: '増減', recommendation: '推奨事項',
    given: '提示', done: '実施済み', open: '未実施', rule: '検知ルール', falsePositives: '誤検知', matches: '一致数', reasons: '理由', value: '値', formula: '算出方法', query: '事実と項目', rootCause: '根本原因',
    patientZero: '最初の被害', cause: '原因', prevention: '再発防止', initialAccess: '初期侵入', attack: 'ATT&CK', timeline: '経緯', known: '把握', summary: '概要', involved: '関係対象', priority: '優先度',
    perDay: '日別の検知事象', containTimes: 'ケース別の封じ込め時間', ours: '当社', yours: 'お客様', thirdParty: '第三者', silent: '無通信', alive: '受信中', byPolicy: '対応ポリシー', nobody: '—', nothingFound: '発見なし',
    notMet: '未達', allSources: 'すべてのソース', noData: 'データなし', tuning: '実施した調整', suppressions: '有効な抑止', cases: 'ケース', needingYou: 'お客様の対応を要したケース', period: '対象期間',
    timeZone: 'タイムゾーン', responseMode: '対応モデル', waitedFor: 'ケースが待っていた相手', stopped: '阻止した活動', usage: '利用状況と価値', reference: '管理番号', posture: 'ポスチャ', unattributed: '記載なし',
    businessHours: '営業時間', phase: '段階', breaches: '未達のサービスレベル', levelsAttained: 'サービスレベル達成率',
  },
  figures: {
    'time-to-detect': '検知までの時間', 'pipeline-delay': '処理遅延', 'time-to-acknowledge': '着手までの時間', 'time-to-notify': '通知までの時間', 'time-to-contain': '封じ込めまでの時間', 'time-to-resolve': '解決までの時間',
    'time-to-resolve-ours': 'うち当社', 'time-to-resolve-customer': 'うちお客様', 'time-to-resolve-third-party': 'うち第三者', 'time-to-approve': 'お客様のご判断まで', events: '受信イベント', findings: '検知事象',
    cases: '起票ケース', 'cases-needing-customer': 'お客様の対応を要したケース', fidelity: '的中率', 'coverage-techniques': 'テクニックの網羅率', 'coverage-sources': '稼働ソース', 'coverage-assets': '送信中の資産',
    satisfaction: 'お客様の評価', 'dead-letters': '隔離メッセージ', bytes: '受信データ量', assets: '登録資産', 'analyst-minutes': 'アナリスト対応（分）', 'actions-verified': '効果確認済みの措置', 'hours-saved': '削減時間',
    hunts: 'ハンティング', 'hunt-hypotheses': '検証した仮説', 'hunt-events': '検索イベント', 'hunts-with-rows': '該当のあったハンティング', 'hunt-time': '検索時間', 'sla-acknowledge': '期限内の着手',
    'sla-notify': '期限内の通知', 'sla-contain': '期限内の封じ込め', 'sla-resolve': '期限内の解決',
  },
  formulas,
  severities: { UNKNOWN: '不明', INFORMATIONAL: '情報', LOW: '低', MEDIUM: '中', HIGH: '高', CRITICAL: '重大', FATAL: '致命的' },
  statuses: { NEW: '新規', IN_PROGRESS: '対応中', ON_HOLD: '保留', RESOLVED: '解決済み', CLOSED: '完了' },
  onHold: { NONE: '理由の記載なし', AWAITING_CUSTOMER: 'お客様の回答待ち', AWAITING_APPROVAL: 'お客様の承認待ち', AWAITING_THIRD_PARTY: '第三者の対応待ち' },
  phases: { IDENTIFICATION: '特定', CONTAINMENT: '封じ込め', ERADICATION: '根絶', RECOVERY: '復旧', LESSONS_LEARNED: '振り返り' },
  verdicts: {
    UNKNOWN: '調査中', TRUE_POSITIVE: '真の検知', FALSE_POSITIVE: '誤検知', BENIGN: '無害', SUSPICIOUS: '不審', TEST: 'テスト', DUPLICATE: '重複', INSUFFICIENT_DATA: 'データ不足', OTHER: 'その他',
  },
  verdictReasons: {
    NONE: '—', EXPECTED_ACTIVITY: '想定内の活動', AUTHORIZED_TEST: '許可されたテスト', PUP_PUA: '不要なアプリケーション', POLICY_VIOLATION: '社内規程違反', ATTACK_FAILED: '攻撃失敗', IT_MISCONFIGURATION: '設定不備',
    INCORRECT_RULE_LOGIC: 'ルールの誤り', INACCURATE_DATA: '不正確なデータ', OTHER: 'その他',
  },
  actionClasses: { 'isolate-host': '端末の隔離', 'release-host': '端末の隔離解除', 'suspend-user': 'アカウントの停止', 'unsuspend-user': 'アカウントの再開' },
  actionStates: {
    PROPOSED: '提案', AWAITING_APPROVAL: '承認待ち', APPROVED: '承認済み', DENIED: '否認', EXPIRED: '承認期限切れ', GUIDED: '手順を案内', SKIPPED: 'ポリシーにより不可', EXECUTING: '実行中', SUCCEEDED: '実行済み（未確認）',
    PARTIAL: '一部実行', FAILED: '失敗', UNSUPPORTED: '非対応', OUTCOME_UNKNOWN: '結果不明', VERIFIED: '効果確認済み', VERIFY_FAILED: '効果なし', REVERTING: '取り消し中', REVERTED: '取り消し済み',
    DONE_BY_CUSTOMER: 'お客様が実施', RESOLVING: '対象を確認中',
  },
  clocks: { ACKNOWLEDGE: '着手', NOTIFY: '通知', CONTAIN: '封じ込め', RESOLVE: '解決' },
  sources: {
    UNKNOWN: 'その他', WINDOWS: 'Windows 端末', AWS_CLOUDTRAIL: 'AWS CloudTrail', OKTA: 'Okta', SURICATA: 'Suricata',
    AZURE: 'Azure', GCP_AUDIT: 'Google Cloud', M365: 'Microsoft 365', GOOGLE_WORKSPACE: 'Google Workspace', GITHUB: 'GitHub', LINUX: 'Linux 端末', MACOS: 'macOS 端末',
    ZEEK: 'Zeek', WEB_PROXY: 'Web プロキシ', DNS: 'DNS', FIREWALL: 'ファイアウォール', WEB_SERVER: 'Web サーバー', MIMECAST: 'Mimecast メール', LOOKOUT: 'Lookout モバイル',
  },
  modes: { AUTHORIZE: '一任型（当社が実施）', COLLABORATE: '協働型（ご承認後に当社が実施）', NOTIFY: '通知型（当社が案内、お客様が実施）' },
  waiting: { APPROVAL: 'ご承認', GUIDANCE: 'お客様での実施', QUESTION: 'ご回答', ON_HOLD: '情報のご提供', RECOMMENDATION: '推奨事項' },
  timeline: {
    ACTIVITY: '活動', OPENED: 'ケースを起票', ACKNOWLEDGED: 'アナリストが着手', NOTIFIED: 'お客様へ通知', QUESTION: '質問', ANSWER: '回答', ON_HOLD: '保留', CONTINUED: '対応を再開', ACTION: '対応措置',
    CONTAINED: '封じ込め（効果確認済み）', RESOLVED: '解決', CLOSED: '完了', REOPENED: '再開',
  },
  posture: {
    SOURCE_SILENT: (count, names) => `テレメトリソース ${count} 件が無通信です：${names}`,
    ASSETS_UNSEEN: (count, names) => `登録資産 ${count} 件がテレメトリに現れていません：${names}`,
    TECHNIQUES_UNCOVERED: (count, names) => `対象テクニックのうち ${count} 件に、稼働中のソースに対するテスト付きルールがありません：${names}`,
  },
  postureAdvice: {
    SOURCE_SILENT: 'ソースのエージェント、転送設定または認証情報をご確認ください。',
    ASSETS_UNSEEN: '該当資産にエージェントを導入するか、台帳から除外してください。',
    TECHNIQUES_UNCOVERED: '当社がテスト付きルールを追加します。ソースの追加が必要な場合があります。',
  },
  verdict: {
    grey: () => '本期間はテレメトリを受信していないため、セキュリティ状況を判断できません。',
    red: ({ uncontained }) => `重大なケース ${uncontained} 件が封じ込められておらず、直ちに対応が必要です。`,
    amber: ({ contained, waiting, breaches, silent }) => {
      const parts = [
        ...(waiting ? [`お客様の対応待ちが ${waiting} 件`] : []),
        ...(breaches ? [`サービスレベル未達が ${breaches} 件`] : []),
        ...(silent ? [`無通信のソースが ${silent} 件`] : []),
      ];
      const first = contained ? `ケース ${contained} 件を封じ込めました。` : '封じ込めに至っていない重大なケースはありません。';
      return parts.length ? `${first}${parts.join('、')}あります。` : `${first}お客様にお願いする事項はありません。`;
    },
    green: ({ cases }) => (cases ? `平穏な期間でした。ケース ${cases} 件を調査し、お客様にお願いする事項はありません。` : '平穏な期間でした。ケースの起票はなく、お客様にお願いする事項はありません。'),
  },
  empty: {
    waiting: 'お客様の対応をお待ちしている事項はありません。', cases: '本期間に対応したケースはありません。', actions: '本期間に実施した対応措置はありません。', breaches: 'サービスレベルの未達はありません。',
    hunts: '本期間に終了したハンティングはありません。', posture: '可視性の欠落は確認されていません。', recommendations: '未実施の推奨事項はありません。', quality: '本期間に検知事象を挙げたルールはありません。',
    containments: '本期間に封じ込めたケースはありません。', clocks: '本期間に期限を迎えたサービスレベルはありません。', findings: '本期間の検知事象はありません。', tuning: '本期間に記録された調整および抑止はありません。',
  },
  sentences: {
    funnel: (events, findings, cases, needing) => `イベント ${events} 件から検知事象 ${findings} 件を挙げ、${cases} 件のケースにまとめました。うち ${needing} 件でお客様のご対応を頂きました。`,
    ratio: (count) => `${count} 件に 1 件`,
    omitted: (count) => `ほか ${count} 件は省略しました。すべてポータルでご覧いただけます。`,
    stopped: (action, target, at, caseNumber) => `${action}：${target}（${at} に効果を確認、${caseNumber}）`,
    saved: (hours) => `お客様の一次調査を約 ${hours} 時間削減しました。`,
    assets: (sending, known) => (sending === null ? `登録資産は ${known} 件です。どの資産が送信したかを示すソースはありません。` : `登録資産 ${known} 件のうち ${sending} 件からテレメトリを受信しました。`),
    techniques: (covered, inScope) => `対象の ATT&CK テクニック ${inScope} 件のうち ${covered} 件に、テスト付きルールと稼働中のテレメトリがあります。`,
    rating: (median, n) => `評価 ${n} 件の中央値は 5 段階中 ${median} です。`,
    percentile: '中央値：中央の値（偶数個の場合は中央二値の平均）。90 パーセンタイル：最近順位法。データがない場合はその旨を記し、ゼロとは表示しません。',
    verify: '各指標は、ここに示した事実から「vigie report verify」で再計算できます。',
  },
  duration: { day: '日', hour: '時間', minute: '分', second: '秒', ms: 'ミリ秒' },
};
