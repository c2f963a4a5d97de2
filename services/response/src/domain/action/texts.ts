import type { Language } from '#contracts';

/** What the customer reads of an action, in its language. `%` stands for the host or user. */
interface Texts {
  question: string;
  steps: string[];
}

const texts: Record<Language, Record<string, Texts>> = {
  EN: {
    'isolate-host': {
      question: 'May we cut % off from the network?',
      steps: [
        'Disconnect % from the network: cable and wireless. Leave it switched on.',
        'Tell its users not to sign in elsewhere with the same password.',
        'Keep the machine as it is for the investigation.',
        'Mark this as done here.',
      ],
    },
    'suspend-user': {
      question: 'May we suspend the account % and end its sessions?',
      steps: [
        'Suspend the account % in your identity provider and end its open sessions.',
        'Reach the person by telephone, not by mail or chat.',
        'Reset the password and the second factor before you lift the suspension.',
        'Mark this as done here.',
      ],
    },
    other: {
      question: 'May we carry out this action on %?',
      steps: ['Carry out the action described in the case on %.', 'Mark this as done here.'],
    },
  },
  FR: {
    'isolate-host': {
      question: 'Pouvons-nous isoler % du réseau ?',
      steps: [
        'Déconnectez % du réseau, câble et sans-fil. Laissez la machine allumée.',
        'Demandez à ses utilisateurs de ne pas se connecter ailleurs avec le même mot de passe.',
        'Conservez la machine en l’état pour l’enquête.',
        'Marquez ensuite cette action comme faite, ici.',
      ],
    },
    'suspend-user': {
      question: 'Pouvons-nous suspendre le compte % et fermer ses sessions ?',
      steps: [
        'Suspendez le compte % dans votre fournisseur d’identité et fermez ses sessions.',
        'Joignez la personne par téléphone, ni par courriel ni par messagerie.',
        'Réinitialisez le mot de passe et le second facteur avant de lever la suspension.',
        'Marquez ensuite cette action comme faite, ici.',
      ],
    },
    other: {
      question: 'Pouvons-nous exécuter cette action sur % ?',
      steps: ['Exécutez sur % l’action décrite dans le dossier.', 'Marquez ensuite cette action comme faite, ici.'],
    },
  },
  JA: {
    'isolate-host': {
      question: '% をネットワークから隔離してもよろしいですか。',
      steps: [
        '% を有線・無線ともネットワークから切り離してください。電源は切らないでください。',
        '同じパスワードで他の機器にサインインしないよう、利用者に伝えてください。',
        '調査のため、機器はそのままの状態で保管してください。',
        '完了したら、この画面で「実施済み」にしてください。',
      ],
    },
    'suspend-user': {
      question: 'アカウント % を停止し、セッションを終了してもよろしいですか。',
      steps: [
        'ID プロバイダーでアカウント % を停止し、開いているセッションを終了してください。',
        'ご本人にはメールやチャットではなく電話で連絡してください。',
        '停止を解除する前に、パスワードと第二要素を再設定してください。',
        '完了したら、この画面で「実施済み」にしてください。',
      ],
    },
    other: {
      question: '% に対してこの対応を実施してもよろしいですか。',
      steps: ['案件に記載の対応を % に対して実施してください。', '完了したら、この画面で「実施済み」にしてください。'],
    },
  },
};

const textOf = (language: Language, actionClass: string): Texts =>
  texts[language][actionClass] ?? (texts[language].other as Texts);

/** The question put to the customer's approver. */
export const askedOf = (language: Language, actionClass: string, target: string): string =>
  textOf(language, actionClass).question.replace('%', () => target);

/** Guidance where the provider does not act, one step an entry. */
export const stepsOf = (language: Language, actionClass: string, target: string): string[] =>
  textOf(language, actionClass).steps.map((step) => step.replace('%', () => target));
