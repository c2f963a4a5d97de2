/**
 * The rules that run: built-in ones and the active import, compiled together and exchanged as a whole. Activations are
 * heard by every replica, each reading alone; what is compiled is what the store says, so nothing heard late or twice matters.
 */
import { Counter, Gauge } from 'prom-client';
import { fromRecord, type Batch } from '#libs/events';
import type { RulesetLoaded } from '#contracts';
import { Fault, idOf, Unreadable } from '#libs/model';
import type { RuleSource } from '#libs/sigma';
import type { ServiceContext } from '#libs/service';
import { compileRules, type CompiledRules } from './compiled.js';
import { activeImport } from './sources.js';

const TOPIC = 'vigie.ruleset.events';
const FAILURES_LOGGED = 100;
const OPERATOR = '_operator';

export interface Engine {
  /** The rules of this moment; keep them for as long as a batch takes. @throws Fault when activations are heard no more. */
  current(): CompiledRules;
  close(): Promise<void>;
}

export interface EngineOptions {
  builtIn: RuleSource[];
  windowMs: number;
}

type Context = Pick<ServiceContext, 'store' | 'broker' | 'log' | 'metrics' | 'out' | 'clock'>;

const figuresOf = ({ metrics: { registry } }: Context) => ({
  loaded: new Gauge({ name: 'vigie_rules_loaded', help: 'Rules that run', registers: [registry] }),
  failed: new Gauge({ name: 'vigie_rules_failed', help: 'Rules that could not be loaded', registers: [registry] }),
  reloads: new Counter({ name: 'vigie_rules_reloads_total', help: 'Times the rules were exchanged', registers: [registry] }),
});

const isActivation = (records: Batch['records'], unreadable: (code: string) => void): boolean => {
  let found = false;
  for (const record of records) {
    try {
      found ||= fromRecord(record).envelope.type === 'ruleset.activated';
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      unreadable(error.code);
    }
  }
  return found;
};

/** Tells who imported rules that they run now. */
const announce = async ({ out, clock }: Context, { running, failures }: CompiledRules, importId: string, elapsedMs: number): Promise<void> => {
  const at = clock.now();
  const loaded: RulesetLoaded = { type: 'ruleset.loaded', importId, rules: [...running], failures: failures.slice(0, FAILURES_LOGGED).map(({ file, line, reason }) => ({ file, line, reason })), elapsedMs, at };
  await out.send([out.record(OPERATOR, loaded, { id: idOf('ruleset.loaded', importId, at) })]);
};

/** Compiles what is active and follows activations. */
export const openEngine = async (context: Context, { builtIn, windowMs }: EngineOptions): Promise<Engine> => {
  const { store, broker, log } = context;
  const figures = figuresOf(context);
  let current: CompiledRules | undefined;
  let active: string | undefined;
  let broken: Fault | undefined;

  const load = async (): Promise<void> => {
    const imported = await activeImport(store);
    if (current && imported?.importId === active) return;
    const began = performance.now();
    current = await compileRules([...builtIn, ...(imported?.files ?? [])], windowMs);
    active = imported?.importId;
    const { rules, correlations, failures } = current;
    figures.loaded.set(rules);
    figures.failed.set(failures.length);
    figures.reloads.inc();
    for (const failure of failures.slice(0, FAILURES_LOGGED)) log.warn(failure, 'a rule cannot be loaded');
    const elapsedMs = Math.round(performance.now() - began);
    log.info({ rules, correlations, failures: failures.length, importId: active, elapsedMs }, 'rules loaded');
    await announce(context, current, active ?? '', elapsedMs);
  };

  let work: Promise<void> = Promise.resolve();
  const next = (): Promise<void> => {
    const mine = work.then(load);
    work = mine.catch(() => undefined);
    return mine;
  };
  // Followed before the store is read: no activation falls between.
  const following = broker.consume({
    topics: [TOPIC],
    fromBeginning: false,
    handle: async ({ records }) => {
      if (isActivation(records, (code) => log.error({ code }, 'a fact about rules cannot be read'))) await next();
    },
    onFault: (error) => { broken = error; },
  });
  await following.ready();
  await next();
  return {
    current: () => {
      if (broken) throw broken;
      if (!current) throw new Fault('no rules are loaded');
      return current;
    },
    close: () => following.stop(),
  };
};
