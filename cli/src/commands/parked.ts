import type { Command } from 'commander';
import { openLog } from '#libs/service';
import { openStore, type Parked } from '#libs/store';
import { definitions } from '../pages/definitions.js';
import { oneOf } from '../terminal/flags.js';
import { print, printJson, table } from '../terminal/print.js';
import { openStack } from '../gateway/session.js';

interface ParkedFlags {
  service?: string;
  tenant?: string;
  kind?: string;
  id?: string;
  json: boolean;
}

const KINDS = ['stream', 'document', 'effect', 'timer', 'reading'];
type ParkedRow = Parked & { service: string };

const wanted =
  ({ tenant, kind, id }: ParkedFlags) =>
  (one: Parked): boolean =>
    (!tenant || one.tenant === tenant) && (!kind || one.kind === kind.toUpperCase()) && (!id || one.id === id);

/** What one service has parked, of what is wanted; let go when told. */
const look = async (url: string, service: string, flags: ParkedFlags, release: boolean): Promise<ParkedRow[]> => {
  const store = await openStore({ url, service, log: openLog('vigie', 'silent') });
  try {
    const found = (await store.parked()).filter(wanted(flags));
    for (const one of release ? found : []) await store.release(one);
    return found.map((one) => ({ ...one, service }));
  } finally {
    await store.close();
  }
};

const run = async (flags: ParkedFlags, release: boolean): Promise<void> => {
  const stack = await openStack();
  const rows: ParkedRow[] = [];
  for (const { name: service } of definitions.filter(({ name }) => !flags.service || name === flags.service)) {
    rows.push(...(await look(stack.mongoUrl, service, flags, release)));
  }
  if (release) return print(`${rows.length} let go; whatever still fails is parked again`);
  if (flags.json) return printJson(rows);
  const lines = rows.map(({ service, tenant, kind, id, since, reason }) => [
    service,
    tenant,
    kind,
    id,
    new Date(since).toISOString(),
    reason,
  ]);
  print(rows.length ? table(['service', 'tenant', 'kind', 'id', 'since', 'why'], lines) : 'nothing is parked');
};

/** parked list, parked release */
export const defineParked = (parked: Command): void => {
  for (const [name, does, release] of [
    ['list', 'name each with the reason', false],
    ['release', 'let it go on, once the cause is mended', true],
  ] as const) {
    parked
      .command(name)
      .description(does)
      .option('--service <name>', 'of this service', oneOf(definitions.map(({ name }) => name)))
      .option('--tenant <id>', 'of this tenant')
      .option('--kind <kind>', KINDS.join(' | '), oneOf(KINDS))
      .option('--id <id>', 'this one')
      .option('--json', 'print as JSON', false)
      .action((flags: ParkedFlags) => run(flags, release));
  }
};
