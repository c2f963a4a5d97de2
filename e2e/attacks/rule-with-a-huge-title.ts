import { rulesetStream } from '../../services/detection/src/domain/ruleset/decider.js';
import { Refused, type DecisionContext } from '#libs/model';
import type { RulesetImport, TenantState } from '#contracts';
import type { Attack } from './attack.js';

const context = {
  tenant: 'atk-huge-title',
  actor: { subject: 'ada', side: 'PROVIDER' },
  requestId: 'atk',
  now: 0,
  settings: undefined,
} as unknown as DecisionContext<TenantState>;

const imports = (title: string): boolean => {
  const text = `title: ${title}\nid: t\nlogsource: { product: windows }\ndetection:\n  s: { Image: x }\n  condition: s\n`;
  const request: RulesetImport = {
    type: 'ruleset.import',
    importId: 'one',
    part: 1,
    parts: 1,
    files: [{ path: 'own/t.yml', text }],
  };
  try {
    return rulesetStream.decide(request, rulesetStream.initial(), context).length > 0;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
};

/** A title goes into every finding of its rule, and from there into cases, views and lists. */
export const ruleWithAHugeTitle: Attack = {
  name: 'rule-with-a-huge-title',
  line: 8,
  control: () => imports('t'.repeat(200)),
  attack: () => (imports('t'.repeat(201)) || imports('t'.repeat(440_000)) ? 'succeeded' : 'refused'),
  mutation: { file: 'libs/sigma/src/rule/attribute-limits.ts', find: "title: 'titleLength', ", replace: '' },
};
