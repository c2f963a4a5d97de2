import { parseAllDocuments } from 'yaml';
import type { RuleFile, RulesetFilesImported, SourceKind } from '#contracts';
import type { View } from '#libs/model';
import type { RuleJournal } from '../domain/journals.js';

const kinds: Record<string, SourceKind> = { windows: 'WINDOWS', aws: 'AWS_CLOUDTRAIL', okta: 'OKTA', suricata: 'SURICATA' };
const networkCategories = ['network', 'dns', 'proxy', 'firewall'];

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (logsource: unknown): SourceKind => {
  if (!isRecord(logsource)) return 'UNKNOWN';
  const kind = kinds[String(logsource['product'] ?? '').toLowerCase()];
  return kind ?? (networkCategories.includes(String(logsource['category'])) ? 'SURICATA' : 'UNKNOWN');
};

/** ATT&CK technique of a Sigma tag, such as `attack.t1003.001`. */
const techniqueOf = (tag: unknown): string[] => /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(String(tag))?.[1]?.toUpperCase().split(' ') ?? [];

const rulesOf = ({ text }: RuleFile): RuleJournal['rules'] =>
  parseAllDocuments(text, { logLevel: 'silent' }).flatMap((document) => {
    if ('empty' in document || document.errors.length) return [];
    const rule: unknown = document.toJS();
    if (!isRecord(rule) || !isRecord(rule['logsource'])) return [];
    const { id, title, tags, logsource, tests } = rule;
    return [{
      ruleId: String(id ?? title),
      techniques: Array.isArray(tags) ? tags.flatMap(techniqueOf) : [],
      kind: kindOf(logsource),
      tested: Array.isArray(tests) && tests.length > 0,
    }];
  });

/** One document a rule file: the techniques its rules address, on which kind of source, and whether they bring tests. */
export const ruleJournal: View<RuleJournal, RulesetFilesImported> = {
  name: 'rule-journal',
  hears: ['ruleset.files-imported'],
  keys: ({ message: { files } }) => files.map(({ path }) => path),
  show: (doc, { message: { importId, files } }, path) => {
    const file = files.find((one) => one.path === path);
    return file ? { importId, path, rules: rulesOf(file) } : doc;
  },
};
