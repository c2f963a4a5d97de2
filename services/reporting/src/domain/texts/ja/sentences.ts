import type { SentenceTexts } from '../report-texts.js';

export const sentences: SentenceTexts = {
  posture: {
    SOURCE_SILENT: (count, names) => `テレメトリソース ${count} 件が無通信です：${names}`,
    ASSETS_UNSEEN: (count, names) => `登録資産 ${count} 件がテレメトリに現れていません：${names}`,
    TECHNIQUES_UNCOVERED: (count, names) =>
      `お客様のソース向けルールが対象とするテクニックのうち ${count} 件に、稼働中のソースに対するテスト付きルールがありません：${names}`,
  },
  postureAdvice: {
    SOURCE_SILENT: 'ソースのエージェント、転送設定または認証情報をご確認ください。',
    ASSETS_UNSEEN: '該当資産にエージェントを導入するか、台帳から除外してください。',
    TECHNIQUES_UNCOVERED: '当社がテスト付きルールを追加します。ソースの追加が必要な場合があります。',
  },
  verdict: {
    grey: () => '本期間はテレメトリを受信していないため、セキュリティ状況を判断できません。',
    red: ({ uncontained }) => `重大なケース ${uncontained} 件が封じ込められておらず、直ちに対応が必要です。`,
    amber: ({ contained, handedOver, waiting, breaches, silent, gaps }) => {
      const parts = [
        ...(waiting ? [`お客様の対応待ちが ${waiting} 件`] : []),
        ...(breaches ? [`サービスレベル未達が ${breaches} 件`] : []),
        ...(silent ? [`無通信のソースが ${silent} 件`] : []),
        ...(gaps ? [`未対応のポスチャ項目が ${gaps} 件`] : []),
      ];
      const told = [
        ...(contained ? [`ケース ${contained} 件を封じ込めました。`] : []),
        ...(handedOver
          ? [`重大なケース ${handedOver} 件は対処済みとお客様から伺っていますが、当社では確認していません。`]
          : []),
      ];
      const first = told.join('') || '封じ込めに至っていない重大なケースはありません。';
      return parts.length ? `${first}${parts.join('、')}あります。` : `${first}お客様にお願いする事項はありません。`;
    },
    green: ({ cases }) =>
      cases
        ? `平穏な期間でした。ケース ${cases} 件を調査し、お客様にお願いする事項はありません。`
        : '平穏な期間でした。ケースの起票はなく、お客様にお願いする事項はありません。',
  },
  empty: {
    waiting: 'お客様の対応をお待ちしている事項はありません。',
    waitingUncontained:
      'お客様への依頼はまだありませんが、封じ込めが完了していない事案は終わっていません。以下の対応中のケースについて担当アナリストにご相談ください。',
    cases: '本期間に対応したケースはありません。',
    actions: '本期間に実施した対応措置はありません。',
    breaches: 'サービスレベルの未達はありません。',
    hunts: '本期間に終了したハンティングはありません。',
    posture: '可視性の欠落は確認されていません。',
    recommendations: '未実施の推奨事項はありません。',
    quality: '本期間に検知事象を挙げたルールはありません。',
    containments: '本期間に封じ込めたケースはありません。',
    clocks: '本期間に期限を迎えたサービスレベルはありません。',
    findings: '本期間の検知事象はありません。',
    tuning: '本期間に記録された調整および抑止はありません。',
  },
  sentences: {
    funnel: (events, findings, cases, needing) =>
      `イベント ${events.text} 件から検知事象 ${findings.text} 件を挙げ、${cases.text} 件のケースにまとめました。うち ${needing.text} 件でお客様のご対応を頂きました。`,
    ratio: (count) => `${count} 件に 1 件`,
    findingsIn: (opened, earlier, none) =>
      `内訳：本期間に起票したケースに ${opened.text} 件、以前のケースに ${earlier.text} 件、どのケースにも属さないもの ${none.text} 件。`,
    casesTold: (opened, earlier) =>
      `本期間の起票は ${opened.text} 件です。以前から続く ${earlier.text} 件も併せて記します。`,
    value: (handled, minutes, saved) =>
      `削減時間：お客様の手を煩わせずに処理した検知事象 ${handled.text} 件 × 1 件 ${minutes} 分（当社の仮定）＝ ${saved}。`,
    trend: {
      better: (names) => `前の期間より改善：${names}。`,
      worse: (names) => `前の期間より悪化：${names}。`,
      alike: (names) => `前の期間と同じ：${names}。`,
    },
    omitted: (count) => `ほか ${count} 件は省略しました。すべてポータルでご覧いただけます。`,
    stopped: (action, target, at, caseNumber) => `${action}：${target}（${at} に効果を確認、${caseNumber}）`,
    notVerified: (action, target, why, caseNumber) => `${action}：${target}（効果は未確認：${why}、${caseNumber}）`,
    assets: (sending, known) =>
      sending === null
        ? `登録資産は ${known.text} 件です。どの資産が送信したかを示すソースはありません。`
        : `登録資産 ${known.text} 件のうち ${sending.text} 件からテレメトリを受信しました。`,
    techniques: (covered, inScope) =>
      `お客様のソース向けルールが対象とする ATT&CK テクニック ${inScope.text} 件のうち ${covered.text} 件に、テスト付きルールと稼働中のテレメトリがあります。ルールのないテクニックは数えません。`,
    percentile:
      '中央値：中央の値（偶数個の場合は中央二値の平均）。90 パーセンタイル：最近順位法。データがない場合はその旨を記し、ゼロとは表示しません。',
    verify: '各指標は、ここに示した事実から「vigie report verify」で再計算できます。',
  },
};
