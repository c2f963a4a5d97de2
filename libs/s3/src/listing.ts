/** One object of a listing. */
export interface S3Object {
  key: string;
  bytes: number;
  /** Epoch ms; NaN where the store does not say. */
  changedAt: number;
  /** Another one stands for other content; empty where the store gives none. */
  version: string;
}

/** A page of ListObjectsV2. */
export interface S3Page {
  objects: S3Object[];
  /** What lies behind the prefix up to the next delimiter, where one was asked for. */
  folders: string[];
  isTruncated: boolean;
  /** Asks for the next page. */
  token: string;
}

/** What is listed; `after` is a key, `token` what the page before gave. */
export interface S3ListAsk {
  prefix: string;
  delimiter?: string;
  after?: string;
  token?: string;
  most?: number;
}

const MOST_A_PAGE = 1_000;

/** The query of ListObjectsV2. */
export const listQuery = ({ prefix, delimiter, after, token, most }: S3ListAsk): Record<string, string> => ({
  'list-type': '2',
  prefix,
  'max-keys': String(most ?? MOST_A_PAGE),
  ...(delimiter ? { delimiter } : {}),
  ...(after ? { 'start-after': after } : {}),
  ...(token ? { 'continuation-token': token } : {}),
});

/** As a signature has it: everything but letters, digits and - . _ ~ in percent. */
export const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** Path of a bucket, or of an object in it, behind the store's origin (path style). */
export const bucketPath = (bucket: string, key = ''): string =>
  `/${[bucket, ...(key === '' ? [] : key.split('/'))].map(encoded).join('/')}`;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const MOST_CODE = 0x10ffff;

const characterOf = (whole: string, name: string): string => {
  if (!name.startsWith('#')) return NAMED[name] ?? whole;
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= MOST_CODE ? String.fromCodePoint(code) : whole;
};

const unescaped = (text: string): string =>
  text.replace(/&(#\d{1,7}|#x[\da-fA-F]{1,6}|amp|lt|gt|quot|apos);/g, characterOf);

/** Text of the first element of this name; empty without. */
export const textIn = (xml: string, name: string): string => {
  const from = xml.indexOf(`<${name}>`);
  const begin = from + name.length + 2;
  const end = from === -1 ? -1 : xml.indexOf('<', begin);
  return end === -1 ? '' : unescaped(xml.slice(begin, end));
};

/** What stands in each element of this name, in one pass. */
const insidesOf = (xml: string, name: string): string[] => {
  const [opens, closes] = [`<${name}>`, `</${name}>`];
  const found: string[] = [];
  for (let from = xml.indexOf(opens); from !== -1; ) {
    const end = xml.indexOf(closes, from);
    if (end === -1) break;
    found.push(xml.slice(from + opens.length, end));
    from = xml.indexOf(opens, end);
  }
  return found;
};

/** Whether an answer is a page of ListObjectsV2. */
export const isPage = (xml: string): boolean => xml.includes('<ListBucketResult');

/** What a page of ListObjectsV2 says, whatever else stands in it. */
export const pageOf = (xml: string): S3Page => ({
  objects: insidesOf(xml, 'Contents').map((inside) => ({
    key: textIn(inside, 'Key'),
    bytes: Number(textIn(inside, 'Size')),
    changedAt: Date.parse(textIn(inside, 'LastModified')),
    version: textIn(inside, 'ETag').replaceAll('"', ''),
  })),
  folders: insidesOf(xml, 'CommonPrefixes').map((inside) => textIn(inside, 'Prefix')),
  isTruncated: textIn(xml, 'IsTruncated') === 'true',
  token: textIn(xml, 'NextContinuationToken'),
});
