/** What a STIX pattern looks for, in our observables' kinds. Values are lower-case. */
export interface PatternValue {
  kind: string;
  value: string;
}

const KINDS: [path: RegExp, kind: string][] = [
  [/^ipv[46]-addr:value$/, 'ip-address'],
  [/^domain-name:value$/, 'domain'],
  [/^url:value$/, 'url'],
  [/^file:hashes\.(md5|sha-?1|sha-?256)$/, 'file-hash'],
  [/^email-addr:value$/, 'email-address'],
  [/^email-message:(from|sender)_ref\.value$/, 'email-address'],
];

const TOKEN = /\s*(\[|\]|\(|\)|,|=|OR\b|IN\b|'(?:[^'\\]|\\.)*'|[a-z0-9-]+:(?:[\w.-]|'[\w -]+')+)/gy;

const tokensOf = (pattern: string): string[] | undefined => {
  const tokens: string[] = [];
  const text = pattern.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
};

const literal = (token: string | undefined): string | undefined =>
  token?.startsWith("'") ? token.slice(1, -1).replace(/\\(.)/g, '$1') : undefined;

/** Reads the tokens of one pattern; `sought` grows. Any method answers false when the pattern is of another form. */
class PatternReader {
  readonly sought: PatternValue[] = [];
  private at = 0;
  constructor(private readonly tokens: string[]) {}

  /** [comparison OR comparison] OR [comparison] */
  whole(): boolean {
    return (
      this.separated(() => this.take('[') && this.separated(() => this.comparison()) && this.take(']')) &&
      this.at === this.tokens.length
    );
  }

  private separated(one: () => boolean): boolean {
    if (!one()) return false;
    while (this.take('OR')) if (!one()) return false;
    return true;
  }

  private comparison(): boolean {
    const path = this.next()?.replaceAll("'", '').toLowerCase() ?? '';
    const kind = KINDS.find(([known]) => known.test(path))?.[1];
    if (kind === undefined) return false;
    return this.take('=') ? this.value(kind) : this.take('IN') && this.take('(') && this.values(kind);
  }

  private values(kind: string): boolean {
    if (!this.value(kind)) return false;
    while (this.take(',')) if (!this.value(kind)) return false;
    return this.take(')');
  }

  private value(kind: string): boolean {
    const value = literal(this.next())
      ?.trim()
      .toLowerCase()
      .replace(/\/(32|128)$/, kind === 'ip-address' ? '' : '$&');
    if (!value || (kind === 'ip-address' && value.includes('/'))) return false;
    this.sought.push({ kind, value });
    return true;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private next(): string | undefined {
    this.at += 1;
    return this.tokens[this.at - 1];
  }
}

/**
 * Values of a pattern of equalities joined by OR, such as `[ipv4-addr:value = '198.51.100.1' OR domain-name:value =
 * 'a.test']`.
 * @returns undefined for any other pattern (AND, FOLLOWEDBY, ranges, qualifiers): half of it would match too much.
 */
export const valuesOfPattern = (pattern: string): PatternValue[] | undefined => {
  const tokens = tokensOf(pattern);
  if (!tokens || tokens.length === 0) return undefined;
  const reading = new PatternReader(tokens);
  return reading.whole() ? reading.sought : undefined;
};
