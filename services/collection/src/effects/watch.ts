/** Looks, minute by minute, for what should be seen of each tenant and is not, and says what it saw. */
import type { TenantState, VisibilityRequest } from '#contracts';
import { idOf } from '#libs/model';
import { every, type ReadyRequest, type ServiceContext } from '#libs/service';
import type { ScopedView, Store } from '#libs/store';
import { MINUTE_MS } from '#libs/terms';
import { subjectOfGap, type OpenGap, type SeenGap, type Sighting, type Watching } from '../domain/visibility/gap.js';
import type { HostWatch } from '../domain/visibility/host-watch.js';
import { look, type KnownTelemetry } from '../domain/visibility/look.js';
import type { SourceWatch } from '../domain/visibility/source-watch.js';
import type { ExpectedSource } from '../views/expected-source.js';
import { isBehind, readingPorts, type ReadingPorts, type ReadTopics } from './reading.js';
import { openWatchTurns, type WatchStore } from './watch-turns.js';

const TICK_MS = 250;
const LOOK_EVERY_MS = MINUTE_MS;
/** Of one tenant in one look. */
const MOST_ASKED = 200;

/** What a look at one tenant needs. */
export interface LookPorts extends ReadingPorts {
  store: Pick<Store, 'view'>;
  ask: ServiceContext['ask'];
}

export type WatchPorts = LookPorts & Pick<ServiceContext, 'settings' | 'clock' | 'log'> & { store: WatchStore };

const allOf = async <Doc>(view: ScopedView<Doc>): Promise<Doc[]> => {
  const found: Doc[] = [];
  for (let after: string | undefined; ; ) {
    const page = await view.find({ limit: 500, ...(after === undefined ? {} : { after }) });
    found.push(...page.items.map(({ doc }) => doc));
    after = page.next;
    if (after === undefined) return found;
  }
};

const knownOf = async ({ store }: LookPorts, tenant: string): Promise<KnownTelemetry> => {
  const read = <Doc>(name: string): Promise<Doc[]> => allOf(store.view<Doc>(name).for(tenant));
  const expected = await read<ExpectedSource>('expected-source');
  return {
    watches: await read<SourceWatch>('source-watch'),
    hosts: await read<HostWatch>('host-watch'),
    registered: new Map(expected.map(({ source, registeredAt }) => [source, registeredAt])),
    open: await read<OpenGap>('open-gap'),
  };
};

const readyOf = (tenant: string, request: VisibilityRequest): ReadyRequest => ({
  id: idOf('visibility', tenant, JSON.stringify(request)),
  tenant,
  request,
});

/** What a look knows of those before it. */
export interface EarlierLooks {
  /** What was asked of each tenant and is not shown as open yet: found again meanwhile, it is still the same. */
  asked: Map<string, Set<string>>;
  read: ReadTopics;
}

const confirmed = async (
  ports: LookPorts,
  tenant: string,
  gaps: SeenGap[],
  { watches }: KnownTelemetry,
  { read }: EarlierLooks,
): Promise<SeenGap[]> => {
  const behind = new Map<string, boolean>();
  const told: SeenGap[] = [];
  for (const gap of gaps) {
    const { source } = gap;
    const isLate = behind.get(source) ?? (await isBehind(ports, { tenant, source }, watches, read));
    behind.set(source, isLate);
    if (!isLate) told.push(gap);
  }
  return told;
};

/** One look at one tenant. */
export const lookAt = async (
  ports: LookPorts,
  settings: TenantState,
  watching: Watching,
  earlier: EarlierLooks,
): Promise<void> => {
  const { tenantId: tenant } = settings;
  const known = await knownOf(ports, tenant);
  const sighting: Sighting = look(settings, known, watching);
  const before = earlier.asked.get(tenant) ?? new Set();
  const fresh = sighting.gaps.filter((gap) => !before.has(subjectOfGap(gap)));
  const gaps = await confirmed(ports, tenant, fresh.slice(0, MOST_ASKED), known, earlier);
  earlier.asked.set(tenant, new Set(gaps.map(subjectOfGap)));
  await ports.ask(
    [
      ...gaps.map((gap): VisibilityRequest => ({ type: 'visibility.record-gap', ...gap })),
      ...sighting.returns.map((one): VisibilityRequest => ({ type: 'visibility.record-return', ...one })),
    ].map((request) => readyOf(tenant, request)),
  );
};

export const watchPorts = (context: ServiceContext): WatchPorts => ({
  settings: context.settings,
  clock: context.clock,
  log: context.log,
  ask: (requests) => context.ask(requests),
  store: context.store,
  ...readingPorts(context.broker),
});

/** Begins to look. @returns how to end it. */
export const watch = (ports: WatchPorts): (() => Promise<void>) => {
  const { settings, clock, log, store } = ports;
  const turns = openWatchTurns(store);
  const earlier: EarlierLooks = { asked: new Map(), read: new Map() };
  let next = 0;
  const turn = async (): Promise<void> => {
    const now = clock.now();
    if (now < next) return;
    next = now + LOOK_EVERY_MS;
    const watching = await turns.take(now);
    if (!watching) return;
    for (const tenant of settings.all().filter(({ active }) => active))
      await lookAt(ports, tenant, watching, earlier).catch((error: unknown) =>
        log.warn({ err: error, tenant: tenant.tenantId }, 'could not look what is seen of a tenant'),
      );
    await turns.done(watching);
  };
  return every(TICK_MS, turn, (error) => log.warn({ err: error }, 'could not look what is seen'));
};
