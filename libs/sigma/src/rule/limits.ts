/**
 * What rules may ask of the machine, counted in work: never in time, so that the same rules load on every machine, busy
 * or not. Rules come from strangers: a few bytes of them can stand for billions of texts (placeholders, encodings,
 * aliases, names said again and again), so sizes are computed before anything is made.
 */
export type Limits = {
  /** Characters of a file. */
  fileLength: number;
  /**
   * The same of a file with anchors, tags or other rare parts of YAML, which takes the slower parser; lines of failures
   * are told in such files only.
   */
  carefulLength: number;
  /**
   * Documents of a file; of one document the maps, lists and values, each as often as an alias stands for it, and how
   * deep they lie in each other.
   */
  documents: number;
  nodes: number;
  depth: number;
  /**
   * Bytes of one text; texts made of one value by modifiers and placeholders, those on the way among them, and their
   * bytes together.
   */
  textBytes: number;
  valueTexts: number;
  valueBytes: number;
  /**
   * The same of a rule (or filter, with the rule it is joined to); the tests of its condition, each as often as it is
   * referred to; expressions; distinct fields; search identifiers.
   */
  ruleTexts: number;
  ruleBytes: number;
  ruleParts: number;
  ruleExpressions: number;
  ruleFields: number;
  ruleSelections: number;
  /**
   * The same of all rules that are compiled together. `allLaidOut`: texts and tests, each as often as there are
   * logsources it is laid out for.
   */
  allRules: number;
  allFilters: number;
  allNodes: number;
  allTexts: number;
  allBytes: number;
  allParts: number;
  allExpressions: number;
  allFields: number;
  allLaidOut: number;
  /** Characters that the slower parser reads, also for lines of failures. */
  allCareful: number;
  /** Characters of a regular expression, and single characters (`?`) that one text may leave open. */
  expressionLength: number;
  wildcards: number;
  /**
   * Characters of what rules say of themselves. `id`: ids, names, tags, search identifiers; `field`: names of fields;
   * `line`: authors, references and the like; `prose`: runbooks.
   */
  titleLength: number;
  descriptionBytes: number;
  idLength: number;
  fieldLength: number;
  lineLength: number;
  proseBytes: number;
  /** Members of such a list. */
  listLength: number;
  /** Of a correlation: rules, names in its group and condition, its timespan, the events of its tests. */
  correlationRules: number;
  correlationNames: number;
  timespanMs: number;
  testEvents: number;
};

/** Some four times as much as the largest of SigmaHQ's rules needs, and ten times what all of them together do. */
export const DEFAULT_LIMITS: Limits = {
  fileLength: 512 * 1024,
  carefulLength: 64 * 1024,
  documents: 1_000,
  nodes: 50_000,
  depth: 50,
  textBytes: 4 * 1024,
  valueTexts: 2_000,
  valueBytes: 256 * 1024,
  ruleTexts: 20_000,
  ruleBytes: 1024 * 1024,
  ruleParts: 50_000,
  ruleExpressions: 500,
  ruleFields: 200,
  ruleSelections: 500,
  allRules: 20_000,
  allFilters: 500,
  allNodes: 2_000_000,
  allTexts: 500_000,
  allBytes: 8 * 1024 * 1024,
  allParts: 1_000_000,
  allExpressions: 5_000,
  allFields: 5_000,
  allLaidOut: 2_000_000,
  allCareful: 8 * 1024 * 1024,
  expressionLength: 1_000,
  wildcards: 50,
  titleLength: 200,
  descriptionBytes: 4 * 1024,
  idLength: 100,
  fieldLength: 200,
  lineLength: 1_000,
  proseBytes: 8 * 1024,
  listLength: 100,
  correlationRules: 200,
  correlationNames: 20,
  timespanMs: 90 * 86_400_000,
  testEvents: 10_000,
};

export const limitsOf = (special: Partial<Limits> = {}): Limits => ({ ...DEFAULT_LIMITS, ...special });
