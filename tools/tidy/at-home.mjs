/** What services must agree on is written in libs/terms alone: its literals do not return elsewhere. */

const SERVICES = /\b(cases|collection|detection|enrichment|gateway|hunting|oncall|reporting|response|tenants)\b/g;
/** A list that names so many services means all of them, and misses the next. */
const ALL_BUT_ONE = 8;
const TERMS = [
  [/(['"])_operator\1/, 'the operator is OPERATOR of libs/terms'],
  [
    /\[\s*(?:'UNKNOWN',\s*)?(?:'INFORMATIONAL',\s*)?'LOW',\s*'MEDIUM',\s*'HIGH'/,
    'the order is in libs/terms: SEVERITIES, severityRank, isAtLeast; CRITICALITIES, criticalityRank',
  ],
  [
    /'HIGH',\s*'CRITICAL',\s*'FATAL'/,
    'what is severe enough is isAtLeast(severity, floor) of libs/terms, which knows the order',
  ],
  [
    /\b(?:3_?600_?000|86_?400_?000|604_?800_?000)\b|(?:\b24 \* )?60 \* 60 \* 1_?000\b|\bconst (?:MINUTE|HOUR|DAY|WEEK)_MS\b/,
    'lengths of time are MINUTE_MS, HOUR_MS, DAY_MS and WEEK_MS of libs/terms',
  ],
  [
    /\/\^?[^\n/]{0,40}\[a-z0-9-\](?:\{2,32\}|\{1,40\}|\{0,30\}\[a-z0-9\])[^\n]{0,40}\//,
    'what names a tenant, a source or a vendor is told by isTenant, isScope, isSource and isVendor of libs/terms',
  ],
];
/** libs/sigma knows nothing of ours; contracts say what they say. */
const LEFT_OUT = /^libs\/(?:terms|sigma)\/|^contracts\/|\/generated\//;

/** @returns [{ found, remedy }] */
export const awayFromHome = (path, text) => {
  if (LEFT_OUT.test(path) || !/\.(?:ts|mjs|cjs)$/.test(path)) return [];
  const terms = TERMS.flatMap(([pattern, remedy]) => {
    const [found] = pattern.exec(text) ?? [];
    return found === undefined ? [] : [{ found, remedy }];
  });
  const lists = [...text.matchAll(/\[(?:\s*'[a-z]+',?){8,}\s*\]/g)].filter(
    ([list]) => new Set(list.match(SERVICES)).size >= ALL_BUT_ONE,
  );
  return [
    ...terms,
    ...lists.map(([list]) => ({ found: list.replace(/\s+/g, ' '), remedy: 'the services are SERVICES of libs/terms' })),
  ];
};
