import { at, RuleProblem } from '../errors.js';
import type { Expression } from './expression.js';
import type { Json, Rule, RuleTest } from '../types.js';
import { checkAttributes } from './attribute-limits.js';
import { isMap, readDetection } from './selections.js';
import type { Place, RuleDocument } from './documents.js';
import { readAttack, readLevel, readLogsource, requiredText, text, texts } from './attributes.js';
import type { RuleSpending, Spending } from './spending.js';

/** `spent`: what it has taken so far; filters that are joined to it take more. */
export type ParsedRule = { rule: Rule; condition: Expression; document: Place; spent: RuleSpending };

/** Reads a detection rule; throws a RuleProblem. A rule without an id is named by its file and place in it. */
export const readRule = (
  document: RuleDocument,
  placeholders: Readonly<Record<string, readonly string[]>>,
  all: Spending,
): ParsedRule => {
  const { value, file, line } = document;
  const missing = new Set<string>();
  const spent = all.rule();
  all.countRule();
  checkAttributes(value, spent.limits);
  const title = requiredText(value, 'title');
  const logsource = readLogsource(value);
  const condition = at(['detection'], () => readDetection(value.detection, { values: placeholders, missing, spent }));
  const [name, author, tags] = [text(value, 'name'), text(value, 'author'), texts(value, 'tags')];
  const { techniques, tactics } = readAttack(tags);
  const rule: Rule = {
    id: text(value, 'id') ?? `${file}#${document.index + 1}`,
    title,
    level: readLevel(value),
    status: text(value, 'status') ?? 'unknown',
    description: (text(value, 'description') ?? '').trim(),
    tags,
    techniques,
    tactics,
    logsource,
    falsepositives: texts(value, 'falsepositives'),
    references: texts(value, 'references'),
    fields: texts(value, 'fields'),
    needs: [...missing],
    file,
    line,
  };
  if (name !== undefined) rule.name = name;
  if (author !== undefined) rule.author = author;
  if (value.vigie !== undefined)
    Object.assign(
      rule,
      at(['vigie'], () => readExtras(value.vigie)),
    );
  return { rule, condition, document: { file, lineOf: document.lineOf }, spent };
};

/** A key that is left out when it has no value. */
export const optional = <K extends string>(key: K, value: string | undefined): { [key in K]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { [key in K]?: string };

type Extras = Pick<Rule, 'groupBy' | 'windowMinutes' | 'runbook' | 'tests'>;

/** The `vigie` key of our own rules: what to group by, for how long, what to do, and the rule's tests. */
const readExtras = (value: Json | undefined): Extras => {
  if (value === undefined || value === null) return {};
  if (!isMap(value)) throw new RuleProblem("'vigie' must be a map");
  const extras: Extras = {};
  const unknown = Object.keys(value).find((key) => !['groupBy', 'windowMinutes', 'runbook', 'tests'].includes(key));
  if (unknown) throw new RuleProblem(`unknown key '${unknown}'`, [unknown]);
  if (value.groupBy !== undefined) extras.groupBy = texts(value, 'groupBy');
  const runbook = text(value, 'runbook');
  if (runbook !== undefined) extras.runbook = runbook.trim();
  if (value.windowMinutes !== undefined) extras.windowMinutes = readMinutes(value.windowMinutes);
  if (value.tests !== undefined) extras.tests = at(['tests'], () => readTests(value.tests));
  return extras;
};

const MOST_MINUTES = 44_640;

const readMinutes = (value: Json): number => {
  if (typeof value === 'number' && value > MOST_MINUTES)
    throw new RuleProblem(`'windowMinutes' is at most ${MOST_MINUTES}, a month`, ['windowMinutes']);
  if (typeof value !== 'number' || !(value > 0))
    throw new RuleProblem("'windowMinutes' must be a positive number", ['windowMinutes']);
  return value;
};

const readTests = (value: Json | undefined): RuleTest[] => {
  if (!Array.isArray(value)) throw new RuleProblem("'tests' must be a list");
  return value.map((test, index) =>
    at([index], () => {
      if (!isMap(test)) throw new RuleProblem('a test must be a map');
      if (!isMap(test.event)) throw new RuleProblem("a test needs an 'event' map", ['event']);
      if (typeof test.matches !== 'boolean')
        throw new RuleProblem("a test needs 'matches: true' or 'matches: false'", ['matches']);
      return { name: requiredText(test, 'name'), event: test.event, matches: test.matches };
    }),
  );
};
