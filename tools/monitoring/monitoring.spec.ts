import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { metricScopes } from '../../e2e/isolation/scopes.js';

const FOLDER = 'k8s/monitoring';
const promtool = process.env.PROMTOOL ?? 'promtool';
const hasPromtool = spawnSync(promtool, ['--version']).status === 0;
const where = hasPromtool ? '' : ' (skipped: no promtool; PROMTOOL may name one)';

interface PrometheusRule {
  alert?: string;
  record?: string;
  expr: string;
  labels?: { severity?: string };
  annotations?: { summary?: string; runbook_url?: string };
}
interface DashboardPanel {
  title: string;
  targets: { expr: string }[];
}
const filesIn = (folder: string): string[] =>
  readdirSync(join(FOLDER, folder)).map((name) => join(FOLDER, folder, name));
const rules = filesIn('rules').flatMap((path) =>
  (parse(readFileSync(path, 'utf8')) as { groups: { rules: PrometheusRule[] }[] }).groups.flatMap(
    (group) => group.rules,
  ),
);
const alerts = rules.filter(({ alert }) => alert);
const recorded = new Set(rules.flatMap(({ record = [] }) => record));
const panels = filesIn('dashboards').flatMap(
  (path) => (JSON.parse(readFileSync(path, 'utf8')) as { panels: DashboardPanel[] }).panels,
);

/** Anchors as a reader of Markdown makes them of headings. */
const anchors = new Set(
  readFileSync('docs/operate.md', 'utf8')
    .split('\n')
    .filter((line) => /^#+ /.test(line))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(/\s/g, '-'),
    ),
);

/** Labels of the cluster's own figures, and what a rule makes of them. */
const CLUSTER = ['persistentvolumeclaim', 'workload'];

/** Figures of an expression, with the labels it asks of each. */
const figuresIn = (expr: string): { name: string; labels: string[] }[] =>
  [...expr.matchAll(/\b((?:vigie|process|nodejs)[a-z_0-9:]+)(?:\{([^}]*)\})?/g)].map(([, name = '', labels = '']) => ({
    name,
    labels: [...labels.matchAll(/(\w+)[=!~]+"/g)].map(([, label = '']) => label),
  }));
const labelsOf = (name: string): readonly string[] | undefined =>
  metricScopes[name] ??
  metricScopes[name.replace(/_(bucket|sum|count)$/, '')] ??
  Object.entries(metricScopes).find(([known]) => known.endsWith('*') && name.startsWith(known.slice(0, -1)))?.[1];
const grouped = (expr: string): string[] =>
  [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/));

const problemsOf = (expr: string): string[] => {
  const asked = figuresIn(expr).filter(({ name }) => !recorded.has(name));
  const known = new Set([
    ...CLUSTER,
    'namespace',
    'service',
    'le',
    ...asked.flatMap(({ name }) => labelsOf(name) ?? []),
  ]);
  return [
    ...asked.filter(({ name }) => !labelsOf(name)).map(({ name }) => `no service tells ${name}`),
    ...[...asked.flatMap(({ labels }) => labels), ...grouped(expr)]
      .filter((label) => !known.has(label))
      .map((label) => `no figure of ${expr} has a label ${label}`),
  ];
};

describe('alerts', () => {
  it('each have a name of their own, a severity, a sentence and a runbook that is there', () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    for (const { alert, labels, annotations } of alerts) {
      expect({ alert, severity: ['page', 'ticket'].includes(labels?.severity ?? '') }).toEqual({
        alert,
        severity: true,
      });
      expect(annotations?.summary).toMatch(/^[a-z{0-9].*[^.]$/);
      const [document, anchor = ''] = annotations?.runbook_url?.split('#') ?? [];
      expect({ alert, document, there: anchors.has(anchor) }).toEqual({
        alert,
        document: 'docs/operate.md',
        there: true,
      });
    }
  });

  it('and every runbook is that of some alert', () => {
    const runbooks = readFileSync('docs/operate.md', 'utf8').split('## At each alert')[1]?.split('\n## ')[0] ?? '';
    const asked = new Set(alerts.map(({ annotations }) => annotations?.runbook_url?.split('#')[1]));
    const headings = [...runbooks.matchAll(/^### (.*)$/gm)].map(([, name = '']) =>
      name.toLowerCase().replaceAll(' ', '-'),
    );
    expect(headings.length).toBeGreaterThan(15);
    expect(headings.filter((name) => !asked.has(name))).toEqual([]);
  });
});

describe('figures', () => {
  it.each(rules.map(({ alert, record, expr }) => [alert ?? record ?? '', expr]))('of %s are told', (_name, expr) =>
    expect(problemsOf(expr)).toEqual([]),
  );
  it.each(panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)))(
    'of the panel %s are told',
    (_title, expr) => expect(problemsOf(expr)).toEqual([]),
  );
  it('are told apart by installation: no sum is of two', () => {
    const mixed = rules.filter(({ expr }) => /\b(sum|max|min|count)\b(?! by \(namespace\b)/.test(expr));
    expect(mixed.map(({ alert, record }) => alert ?? record)).toEqual([]);
    for (const { title, targets } of panels)
      for (const { expr } of targets) {
        const chosen = [...expr.matchAll(/namespace=~"\$namespace"/g)].length;
        expect({ title, chosen }).toEqual({ title, chosen: figuresIn(expr).length });
      }
  });
  it('that nobody tells, and labels that a figure has not, would be found', () => {
    expect(problemsOf('sum by (tenant) (rate(vigie_findings_raised_total[5m]))')).toHaveLength(1);
    expect(problemsOf('vigie_consumer_lag{tenant="acme"} > 0')).toHaveLength(1);
    expect(problemsOf('rate(vigie_nothing_total[5m])')).toHaveLength(1);
  });
});

describe('promtool', () => {
  const run = hasPromtool ? it : it.skip;
  const called = (folder: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(promtool, args, { cwd: folder, encoding: 'utf8' });
    return status === 0 ? 'passed' : `${stdout}${stderr}`;
  };
  run(`reads the rules${where}`, () =>
    expect(called(join(FOLDER, 'rules'), 'check', 'rules', ...readdirSync(join(FOLDER, 'rules')))).toBe('passed'),
  );
  run(`finds every alert at its time, and none before${where}`, () =>
    expect(called(join(FOLDER, 'tests'), 'test', 'rules', ...readdirSync(join(FOLDER, 'tests')))).toBe('passed'),
  );
});
