import type { Language } from '#contracts';
import type { PostureCheck, PostureStanding } from '#libs/terms';

/** What posture items say in one language. */
export interface PostureTexts {
  states: Record<PostureStanding, string>;
  /** By check; what a person found has a title of its own. */
  checks: Record<PostureCheck, (subject: string) => string>;
  advice: Record<PostureCheck, string>;
  accepted(by: string, at: string): string;
  owner: string;
}

const en: PostureTexts = {
  states: { OPEN: 'Open', RISK_ACCEPTED: 'Risk accepted', RESOLVED: 'Resolved' },
  checks: {
    NOBODY_TO_TELL: () => 'Nobody can be told of incidents: no contact has mail, phone or a webhook',
    NOBODY_TO_ASK: () => 'Nobody can be asked to agree: no contact for incidents has access to the portal',
    UNKNOWN: (subject) => `Something of ${subject} is not seen`,
    SOURCE_SILENT: (source) => `Telemetry source ${source} is silent`,
    SOURCE_REDUCED: (source) => `Telemetry source ${source} sends half of what is normal, or less`,
    ASSET_SILENT: (host) => `${host} stopped sending telemetry`,
    PARSER_FAILING: (source) => `Much of what ${source} sends cannot be read`,
    PULL_FAILING: (source) => `${source} cannot be pulled from its vendor`,
    NOBODY_TO_REPORT_TO: () => 'Nobody is told when a report is ready',
    NOT_UNDONE: (target) => `What we took from ${target} is not seen given back`,
  },
  advice: {
    NOBODY_TO_TELL: 'Name a contact for incidents with mail, phone or a webhook.',
    NOBODY_TO_ASK: 'Give a contact for incidents access to the portal.',
    UNKNOWN: 'Ask your analyst what is missing.',
    SOURCE_SILENT: 'Check the agent, forwarder or credential of the source.',
    SOURCE_REDUCED: 'Check which hosts or kinds of events are missing since then.',
    ASSET_SILENT: 'Check that the asset is up and its agent runs, or retire it from the inventory.',
    PARSER_FAILING: 'Check what changed in the format or settings of the sender.',
    PULL_FAILING: 'Check the credential of the source, and what it may read at the vendor.',
    NOBODY_TO_REPORT_TO: 'Name a contact for reports with mail or a webhook.',
    NOT_UNDONE: 'Check whether it is still cut off or suspended, and tell us: we undo it by hand.',
  },
  accepted: (by, at) => `accepted by ${by}, ${at}`,
  owner: 'Owner',
};

const fr: PostureTexts = {
  states: { OPEN: 'Ouvert', RISK_ACCEPTED: 'Risque accepté', RESOLVED: 'Résolu' },
  checks: {
    NOBODY_TO_TELL: () =>
      'Personne ne peut être prévenu d’un incident : aucun contact n’a d’e-mail, de téléphone ni de webhook',
    NOBODY_TO_ASK: () => 'Personne ne peut donner son accord : aucun contact pour les incidents n’a accès au portail',
    UNKNOWN: (subject) => `Une partie de ${subject} n’est pas visible`,
    SOURCE_SILENT: (source) => `La source de télémétrie ${source} est muette`,
    SOURCE_REDUCED: (source) => `La source de télémétrie ${source} envoie au plus la moitié de son volume normal`,
    ASSET_SILENT: (host) => `${host} n’envoie plus de télémétrie`,
    PARSER_FAILING: (source) => `Une grande part de ce qu’envoie ${source} est illisible`,
    PULL_FAILING: (source) => `${source} ne peut pas être relevée chez son fournisseur`,
    NOBODY_TO_REPORT_TO: () => 'Personne n’est prévenu lorsqu’un rapport est prêt',
    NOT_UNDONE: (target) => `La levée de la mesure prise sur ${target} n’est pas constatée`,
  },
  advice: {
    NOBODY_TO_TELL: 'Désignez un contact pour les incidents, joignable par e-mail, téléphone ou webhook.',
    NOBODY_TO_ASK: 'Donnez à un contact pour les incidents l’accès au portail.',
    UNKNOWN: 'Demandez à votre analyste ce qui manque.',
    SOURCE_SILENT: 'Vérifiez l’agent, le relais ou l’identifiant de la source.',
    SOURCE_REDUCED: 'Vérifiez quels hôtes ou quels types d’événements manquent depuis lors.',
    ASSET_SILENT: 'Vérifiez que la machine fonctionne et que son agent est actif, ou retirez-la de l’inventaire.',
    PARSER_FAILING: 'Vérifiez ce qui a changé dans le format ou les réglages de l’émetteur.',
    PULL_FAILING: 'Vérifiez l’identifiant de la source et ses droits chez le fournisseur.',
    NOBODY_TO_REPORT_TO: 'Désignez un contact pour les rapports, joignable par e-mail ou webhook.',
    NOT_UNDONE: 'Vérifiez si l’isolement ou la suspension dure encore, et dites-le-nous : nous les levons à la main.',
  },
  accepted: (by, at) => `accepté par ${by}, ${at}`,
  owner: 'Responsable',
};

const ja: PostureTexts = {
  states: { OPEN: '未対応', RISK_ACCEPTED: 'リスク受容', RESOLVED: '解決済み' },
  checks: {
    NOBODY_TO_TELL: () => 'インシデントをお知らせできる連絡先（メール、電話または Webhook）がありません',
    NOBODY_TO_ASK: () => '承認をお願いできる連絡先（ポータルを利用できるインシデント担当）がありません',
    UNKNOWN: (subject) => `${subject} の一部が確認できません`,
    SOURCE_SILENT: (source) => `テレメトリソース ${source} が無通信です`,
    SOURCE_REDUCED: (source) => `テレメトリソース ${source} の受信量が通常の半分以下です`,
    ASSET_SILENT: (host) => `${host} からテレメトリが届かなくなりました`,
    PARSER_FAILING: (source) => `${source} から届くデータの多くを読み取れません`,
    PULL_FAILING: (source) => `${source} のデータをベンダーから取得できません`,
    NOBODY_TO_REPORT_TO: () => 'レポート完成の通知先がありません',
    NOT_UNDONE: (target) => `${target} に対する措置の解除を確認できていません`,
  },
  advice: {
    NOBODY_TO_TELL: 'メール、電話または Webhook で受け取るインシデント担当の連絡先をご登録ください。',
    NOBODY_TO_ASK: 'インシデント担当の連絡先にポータルの利用権限を付与してください。',
    UNKNOWN: '何が届いていないかを担当アナリストにご確認ください。',
    SOURCE_SILENT: 'ソースのエージェント、転送設定または認証情報をご確認ください。',
    SOURCE_REDUCED: 'どのホストまたはイベント種別が届かなくなったかをご確認ください。',
    ASSET_SILENT: '端末とエージェントの稼働をご確認いただくか、資産台帳から除外してください。',
    PARSER_FAILING: '送信側の形式または設定の変更をご確認ください。',
    PULL_FAILING: '認証情報と、ベンダー側で付与された権限をご確認ください。',
    NOBODY_TO_REPORT_TO: 'メールまたは Webhook で受け取るレポート担当の連絡先をご登録ください。',
    NOT_UNDONE: '隔離または停止が続いているかをご確認のうえ、ご連絡ください。当社が手動で解除します。',
  },
  accepted: (by, at) => `${by} が受容（${at}）`,
  owner: '担当者',
};

export const postureTexts: Record<Language, PostureTexts> = { EN: en, FR: fr, JA: ja };
