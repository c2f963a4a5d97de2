import type { Command } from 'commander';
import { everyNode } from '../gateway/every-node.js';
import { openSession } from '../gateway/session.js';
import { print, printJson } from '../terminal/print.js';

const FIELDS = 'check subject title severity state openedAt';
const PAGE = 'pageInfo { hasNextPage endCursor }';
const LIST = `query($tenants: [ID!], $states: [PostureState!], $after: String) { posture(tenants: $tenants, states: $states, after: $after) { ${PAGE} edges { node { id tenant ${FIELDS} } } } }`;
const INSTALLATION = `query($states: [PostureState!], $after: String) { installationPosture(states: $states, after: $after) { ${PAGE} edges { node { ${FIELDS} } } } }`;

interface ShownPosture {
  /** Null where it is the installation's. */
  id: string | null;
  check: string;
  subject: string;
  title: string;
  severity: string;
  state: string;
  openedAt: string;
}

const linesOf = ({ id, check, subject, title, severity, state, openedAt }: ShownPosture): string[] => [
  `${id ?? 'the installation'}  ${state}  ${severity}  ${check} ${subject}, since ${openedAt.slice(0, 10)}`,
  `  ${title}`,
];

const runList = async ({ tenant, all, json }: { tenant?: string; all: boolean; json: boolean }): Promise<void> => {
  const { admin } = await openSession();
  const states = all ? null : ['OPEN', 'RISK_ACCEPTED'];
  const ofTenants = await everyNode<ShownPosture>(
    admin,
    LIST,
    { tenants: tenant ? [tenant] : null, states },
    'posture',
  );
  const own = tenant
    ? []
    : await everyNode<Omit<ShownPosture, 'id'>>(admin, INSTALLATION, { states }, 'installationPosture');
  const found = [...own.map((one) => ({ ...one, id: null })), ...ofTenants];
  if (json) return printJson(found);
  print(found.length ? found.flatMap(linesOf).join('\n') : 'all is as it should be, as far as was seen');
};

/** posture list */
export const definePosture = (posture: Command): void => {
  posture
    .command('list')
    .description('what is not as it should be: of the installation, and of its tenants')
    .option('--tenant <id>', 'of one tenant alone')
    .option('--all', 'also what is right again', false)
    .option('--json', 'print as JSON', false)
    .action(runList);
};
