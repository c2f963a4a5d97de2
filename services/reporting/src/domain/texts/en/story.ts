import type { StoryTexts } from '../story-texts.js';

const tactics: StoryTexts['tactics'] = {
  reconnaissance: { name: 'Reconnaissance', means: 'Somebody looked for a way in.' },
  'resource-development': { name: 'Resource development', means: 'Somebody prepared the means of an attack.' },
  'initial-access': { name: 'Initial access', means: 'Somebody tried to get in, or did.' },
  execution: { name: 'Execution', means: 'Somebody ran programs of their own on your systems.' },
  persistence: { name: 'Persistence', means: 'Somebody made sure to get in again later.' },
  'privilege-escalation': { name: 'Privilege escalation', means: 'Somebody tried to get more rights than they had.' },
  stealth: { name: 'Stealth', means: 'Somebody tried not to be seen.' },
  'defense-evasion': { name: 'Defence evasion', means: 'Somebody tried not to be seen, or to be taken for another.' },
  'defense-impairment': { name: 'Defence impairment', means: 'Somebody weakened what protects your systems.' },
  'credential-access': { name: 'Credential access', means: 'Somebody tried to get passwords or keys.' },
  discovery: { name: 'Discovery', means: 'Somebody explored your systems to learn what there is.' },
  'lateral-movement': { name: 'Lateral movement', means: 'Somebody tried to move on from one system to another.' },
  collection: { name: 'Collection', means: 'Somebody gathered data that is worth stealing.' },
  'command-and-control': {
    name: 'Command and control',
    means: 'A system of yours talked to somebody who may steer it.',
  },
  exfiltration: { name: 'Exfiltration', means: 'Data may have left your systems.' },
  impact: { name: 'Impact', means: 'Somebody tried to damage, encrypt or interrupt something.' },
};

const KINDS: Record<string, [string, string]> = {
  hash: ['file hash', 'file hashes'],
  ip: ['address', 'addresses'],
  domain: ['domain', 'domains'],
  url: ['web address', 'web addresses'],
  process: ['process', 'processes'],
  file: ['file', 'files'],
  'cloud-account': ['cloud account', 'cloud accounts'],
};

export const story: StoryTexts = {
  parts: { HAPPENED: 'What happened', MEANS: 'What it means', WE_DID: 'What we did', YOU_DO: 'What you do' },
  tactics,
  kinds: (kind, { count, text }) => `${text} ${KINDS[kind]?.[count === 1 ? 0 : 1] ?? kind}`,
  headline: (tactic, where) => (where ? `${tactic}: ${where}` : tactic),
  seen: (title, at, where, who) =>
    `On ${at} we saw “${title}”${where ? ` on ${where}` : ''}${who ? `, under the account ${who}` : ''}.`,
  more: ({ count, text }, from, to) =>
    count === 1
      ? `One more finding belongs to it, of ${from}.`
      : `${text} more findings belong to it, from ${from} to ${to}.`,
  reported: {
    CUSTOMER: (at) => `On ${at} you asked us to look.`,
    PROVIDER: (at) => `On ${at} one of our analysts opened this case.`,
    SYSTEM: (at) => `This case was opened on ${at}.`,
  },
  critical: (name, criticality) => `${name} is ${criticality === 'CRITICAL' ? 'critical' : 'important'} to you.`,
  indicator: 'An address, name or file in it is known from other attacks.',
  verdict: {
    TRUE_POSITIVE: 'It was a real attack.',
    FALSE_POSITIVE: 'It was a false alarm.',
    BENIGN: 'It was harmless.',
    SUSPICIOUS: 'It stays suspicious: we found neither proof nor an innocent explanation.',
    TEST: 'It was a test.',
    DUPLICATE: 'It was told in another case already.',
    INSUFFICIENT_DATA: 'There is not enough data to say what it was.',
    OTHER: 'We have reached a conclusion.',
  },
  reason: (reason) => `Reason: ${reason.toLowerCase()}.`,
  summary: (text) => `Our analyst writes: “${text}”`,
  unjudged: 'We are still finding out what it is.',
  acknowledged: (after) => `An analyst took it up after ${after}.`,
  told: (contact, channel, at) => `We told ${contact} by ${channel} on ${at}.`,
  actions: {
    VERIFIED: ({ action, target, at }) => `${action}, ${target}: done, and on ${at} we saw that it works.`,
    SUCCEEDED: ({ action, target, at }) => `${action}, ${target}: done on ${at}; we have not seen yet that it works.`,
    REVERTED: ({ action, target, at }) => `${action}, ${target}: taken back on ${at}.`,
    DENIED: ({ action, target, at }) => `${action}, ${target}: you declined it on ${at}.`,
    EXPIRED: ({ action, target, at }) => `${action}, ${target}: not done, as no answer came until ${at}.`,
    FAILED: ({ action, target, at }) => `${action}, ${target}: failed on ${at}.`,
    VERIFY_FAILED: ({ action, target, at }) => `${action}, ${target}: done, but on ${at} we saw that it does not work.`,
    DONE_BY_CUSTOMER: ({ action, target, at }) => `${action}, ${target}: you told us on ${at} that you did it.`,
  },
  action: ({ action, target, state, at }) => `${action}, ${target}: ${state.toLowerCase()}, ${at}.`,
  nobodyAsked: ({ action, target, at }) =>
    `${action}, ${target}: not done, as until ${at} we could not reach anybody to ask whether we may.`,
  givenBackByAnother: ({ action, target, at }) =>
    `${action}, ${target}: no longer in force; on ${at} we saw that another measure had taken it back.`,
  undoFailed: ({ action, target, at }) =>
    `${action}, ${target}: could not be taken back yet on ${at}; whether it still holds is not known.`,
  contained: (at) => `With that the attack was contained on ${at}.`,
  closed: (at) => `The case was closed on ${at}.`,
  nothingDone: 'No analyst has taken it up yet.',
  approve: (action, target) => `Please decide whether we may: ${action}, ${target}.`,
  guidance: (action, target) => `Please do this, step by step as the portal says: ${action}, ${target}.`,
  reply: (text) => `Please answer: “${text}”`,
  held: {
    NONE: 'Please get in touch: the case is on hold.',
    AWAITING_CUSTOMER: 'Please get in touch: the case waits for your word.',
    AWAITING_APPROVAL: 'Please get in touch: the case waits for your approval.',
    AWAITING_THIRD_PARTY: 'Nothing for now: the case waits for a third party.',
  },
  follow: (text) => `We recommend: “${text}”`,
  alsoAs: (names) => `also ${names}`,
  holds: (action, target, until) =>
    `${action}, ${target}: still in force${until ? `, and ends by itself by ${until}` : ''}. Tell us if you need it taken back sooner.`,
  prevent: (text) => `So that it does not happen again: “${text}”`,
  nothingYet: 'Nothing for now: we are at work on it.',
  nothingToDo: 'Nothing.',
};
