/** Pulls telemetry from vendors, of every tenant that has it so: one instance does, source by source and side by side. */
import type { PullRequest } from '#contracts';
import { idOf } from '#libs/model';
import { SecretMissing, secretsFrom, type Secrets } from '#libs/outbound';
import { every, type ServiceContext } from '#libs/service';
import type { PullFold } from '#libs/terms';
import type { CollectionConfig } from '../../config.js';
import { ingestRecords } from '../../listeners/ingest-records.js';
import { MOST_APPENDED_BYTES } from '../../listeners/packing.js';
import { pullers } from '../../pulls/index.js';
import { openWatchTurns } from '../watch-turns.js';
import { openBoard, type PullBoard } from './board.js';
import { openFolders } from './folders.js';
import { SourcePull } from './pull.js';

const TURNS = 'vigie.pull.turns';
const TICK_MS = 500;
/** Ticks between two looks while nothing is to be pulled. */
const IDLE_TICKS = 6;
/** How often it is said that somebody pulls. */
const SAID_EVERY_MS = 20_000;
/** Sent at once. */
const MOST_SENT_BYTES = 4 * 1024 * 1024;

const noSecrets: Secrets = () => {
  throw new SecretMissing('this installation keeps no secrets for what is pulled (SECRETS_FILE)');
};

/** What is larger than a topic takes is cut, and flagged: it becomes a dead letter that shows how it begins. */
const appendWith =
  ({ out }: ServiceContext, tenant: string, source: string) =>
  async (events: Iterable<Buffer>, enveloped: boolean): Promise<void> => {
    let open: Buffer[] = [];
    let bytes = 0;
    const send = async (): Promise<void> => {
      if (open.length > 0) await out.send(ingestRecords(tenant, source, open, { enveloped }));
      [open, bytes] = [[], 0];
    };
    for (const event of events) {
      if (event.length > MOST_APPENDED_BYTES) {
        await send();
        await out.send(ingestRecords(tenant, source, [event.subarray(0, MOST_APPENDED_BYTES)], { truncated: true }));
        continue;
      }
      if (bytes + event.length > MOST_SENT_BYTES) await send();
      open.push(event);
      bytes += event.length;
    }
    await send();
  };

/** The same may be asked again, of what came in between: its id is of the moment, too. */
const askWith =
  ({ ask, clock }: ServiceContext, tenant: string) =>
  (request: PullRequest): Promise<void> =>
    ask([{ id: idOf('pull', tenant, JSON.stringify(request), clock.now()), tenant, request }]);

const openSecrets = ({ config, log }: ServiceContext<CollectionConfig>): Secrets => {
  if (!config.SECRETS_FILE) return noSecrets;
  // A file that is not good keeps nothing else from coming in: it is told where a pull needs it.
  return secretsFrom(config.SECRETS_FILE, (problems) => log.error({ problems }, 'the secrets file is not good'));
};

const boardOf = (context: ServiceContext<CollectionConfig>): PullBoard => {
  const { clock, config, log } = context;
  const secrets = openSecrets(context);
  const folders = openFolders(config.PULL_DIRECTORIES, () => clock.now());
  return openBoard({
    log,
    now: () => clock.now(),
    ask: (tenant, request) => askWith(context, tenant)(request),
    open: (tenant, fold: PullFold, run) => {
      const puller = pullers.find(({ vendor }) => vendor === fold.settings.vendor);
      return (
        puller &&
        new SourcePull(puller, fold, run, {
          secret: (ref) => secrets(tenant, ref),
          allow: config.EGRESS_ALLOW,
          folder: folders(tenant),
          now: () => clock.now(),
          append: appendWith(context, tenant, fold.source),
          ask: askWith(context, tenant),
        })
      );
    },
  });
};

/** What is pulled of tenants that are with us, and of sources that are registered. */
const configured = async ({ store, settings }: ServiceContext): Promise<{ tenant: string; doc: PullFold }[]> => {
  const active = settings.all().filter((one) => one.active);
  if (active.length === 0) return [];
  const view = store.view<PullFold>('pull-source').for(active.map(({ tenantId }) => tenantId));
  const found: { tenant: string; doc: PullFold }[] = [];
  for (let after: string | undefined; ; ) {
    const page = await view.find({ limit: 500, ...(after === undefined ? {} : { after }) });
    const isSource = (tenant: string, name: string): boolean =>
      settings.get(tenant)?.sources.some((one) => one.name === name) ?? false;
    found.push(...page.items.filter(({ tenant, doc }) => isSource(tenant, doc.source)));
    after = page.next;
    if (after === undefined) return found;
  }
};

/** Begins to pull. @returns how to end it. */
export const pullSources = (context: ServiceContext<CollectionConfig>): (() => Promise<void>) => {
  const { clock, log, store } = context;
  const turns = openWatchTurns(store, TURNS);
  const board = boardOf(context);
  let saidAt = -Infinity;
  let run = 0;
  let idle = 0;
  const isOurs = async (now: number): Promise<boolean> => {
    if (run > 0 && now - saidAt < SAID_EVERY_MS) return true;
    const turn = await turns.take(now);
    const isHeld = turn !== undefined && (await turns.done(turn));
    // By when it took over, not by a count in this store: facts outlive it where a backup is restored.
    run = isHeld ? run || now : 0;
    saidAt = now;
    return isHeld;
  };
  const turn = async (): Promise<void> => {
    if (!(await isOurs(clock.now()))) return board.end();
    idle -= 1;
    if (idle > 0) return;
    const sources = await configured(context);
    idle = sources.length === 0 ? IDLE_TICKS : 0;
    await board.look(sources, run);
  };
  const stop = every(TICK_MS, turn, (error) => log.warn({ err: error }, 'could not look what is to be pulled'));
  return async () => {
    await stop();
    await board.end();
  };
};
