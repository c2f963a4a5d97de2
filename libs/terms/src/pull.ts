import type { PullConfigured, PullFact, PullSettings, SourceKind } from '#contracts';

/** What is pulled from a vendor: the sources that read it (of a folder: any), and what `account` and `include` name. */
interface PullTerms {
  kinds: readonly SourceKind[];
  /** What `account` is; undefined where none is needed. */
  account?: string;
  /** What `include` may name, by its form; undefined where nothing. */
  include?: { what: string; form: RegExp; needed?: true };
  /** It is a folder that the installation names (`directory://<name>`): there is no secret. */
  isFolder?: true;
}

const BUCKET: Omit<PullTerms, 'kinds'> = {
  account: 'the bucket, with what stands before AWSLogs in it: bucket/prefix',
  include: {
    what: "<account>/<region>, an organisation's as <o-id>/<account>/<region>",
    form: /^(o-[a-z0-9]{10,32}\/)?\d{12}\/[a-z]{2}(-[a-z]{2,12}){1,3}-\d$/,
    needed: true,
  },
};
const DIRECTORY = { account: "the directory's id" };

/** Every puller by its name. */
export const PULLS: Readonly<Record<string, PullTerms>> = {
  'cloudtrail-s3': { kinds: ['AWS_CLOUDTRAIL'], ...BUCKET },
  directory: {
    kinds: [],
    isFolder: true,
    include: { what: 'how names of files end, such as .json', form: /^\.[A-Za-z0-9._-]{1,40}$/ },
  },
  'github-audit': { kinds: ['GITHUB'], account: 'orgs/<name> or enterprises/<name>' },
  'google-workspace': {
    kinds: ['GOOGLE_WORKSPACE'],
    account: 'the administrator in whose name it is read',
    include: { what: 'an application, such as login', form: /^[a-z][a-z0-9_]{1,40}$/ },
  },
  'graph-alerts': { kinds: ['M365'], ...DIRECTORY },
  'graph-audits': { kinds: ['AZURE'], ...DIRECTORY },
  'graph-sign-ins': { kinds: ['AZURE'], ...DIRECTORY },
  m365: {
    kinds: ['M365'],
    ...DIRECTORY,
    include: { what: 'a content type, such as Audit.General', form: /^[A-Za-z]{1,40}\.[A-Za-z]{1,40}$/ },
  },
  okta: { kinds: ['OKTA'] },
  'vpc-flow-s3': { kinds: ['FIREWALL'], ...BUCKET },
};

/** What became of the pulling of a source. */
export interface PullFold {
  source: string;
  settings: PullSettings;
  /** Where it begins, epoch ms. */
  since: number;
  /** Where it goes on; null: at `since`. */
  cursor: string | null;
  /** Of who pulls it; 0 where nobody has begun since it was configured. */
  run: number;
  failing: { code: string; sentence: string; since: number } | null;
  events: number;
  bytes: number;
  /** Time of the latest event, as the vendor says it. */
  reachedAt: number | null;
  /** Epoch ms; null where nothing came yet. */
  advancedAt: number | null;
}

/** What is kept of a place does not fit another. */
const isSamePlace = (one: PullSettings, other: PullSettings): boolean =>
  one.vendor === other.vendor &&
  one.baseUrl === other.baseUrl &&
  one.account === other.account &&
  [...one.include].sort().join('\n') === [...other.include].sort().join('\n');

const NOTHING = { cursor: null, run: 0, failing: null, events: 0, bytes: 0, reachedAt: null, advancedAt: null };

const configured = (fold: PullFold | undefined, fact: PullConfigured): PullFold => {
  const { source, settings, at, since = null } = fact;
  if (!fold) return { ...NOTHING, source, settings, since: since ?? at };
  if (since !== null) return { ...fold, settings, since, cursor: null, run: 0 };
  if (isSamePlace(fold.settings, settings)) return { ...fold, settings, run: 0 };
  return { ...fold, settings, since: fold.reachedAt ?? fold.since, cursor: null, run: 0 };
};

/** After one more fact of the stream, in their order; undefined: it is not pulled. */
export const pullAfter = (fold: PullFold | undefined, fact: PullFact): PullFold | undefined => {
  if (fact.type === 'pull.configured') return configured(fold, fact);
  if (!fold || fact.type === 'pull.removed') return undefined;
  switch (fact.type) {
    case 'pull.begun':
      return { ...fold, run: fact.run };
    case 'pull.advanced': {
      const { cursor, events, bytes, at } = fact;
      const latest = Math.max(fact.reachedAt ?? 0, fold.reachedAt ?? 0) || null;
      const sums = { events: fold.events + events, bytes: fold.bytes + bytes };
      return { ...fold, ...sums, cursor, reachedAt: latest, advancedAt: events > 0 ? at : fold.advancedAt };
    }
    case 'pull.failed': {
      const { code, sentence, since } = fact;
      return { ...fold, failing: { code, sentence, since } };
    }
    case 'pull.recovered':
      return { ...fold, failing: null };
  }
};
