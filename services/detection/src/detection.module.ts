import { Counter } from 'prom-client';
import { defineService, type ServiceContext } from '#libs/service';
import { defaults, type DetectionConfig } from './config.js';
import { rulesetStream } from './domain/ruleset.js';
import { supplyBacktest, type SupplyPorts } from './effects/supply-backtest.js';
import { detectionPipe, type DetectionPipe, type DetectionPorts } from './pipe/index.js';
import { openEngine, type Engine } from './rules/engine.js';
import { expireException } from './reactions/expire-exception.js';
import { builtInRules } from './rules/sources.js';

interface Ports extends SupplyPorts {
  engine: Engine;
  pipe: DetectionPipe;
}

const counting = ({ metrics: { registry } }: ServiceContext): DetectionPorts['count'] => {
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const events = counter('vigie_events_matched_total', 'Events put to the rules');
  const hits = counter('vigie_rule_hits_total', 'Times a rule or an indicator matched an event');
  const raised = counter('vigie_findings_raised_total', 'Findings raised');
  return (figures) => {
    events.inc(figures.events);
    hits.inc(figures.hits);
    raised.inc(figures.raised);
  };
};

const open = async (context: ServiceContext): Promise<Ports> => {
  const { store, out, clock, log } = context;
  const own = { ...defaults, ...(context.config as Partial<DetectionConfig>) };
  const windowMs = own.WINDOW_MINUTES * 60_000;
  const engine = await openEngine(context, { builtIn: builtInRules(own.RULES_DIR), windowMs });
  const pipe = detectionPipe({
    store, out, clock, log, windowMs, rules: (tenant) => engine.of(tenant), count: counting(context),
    checkpointEveryMs: own.CHECKPOINT_EVERY_MS, mostFindings: own.MOST_FINDINGS,
  });
  return { engine, pipe, windowMs };
};

/** Rules and indicators over enriched telemetry: what matches becomes findings, the first raised and the rest counted. */
export const detection = defineService<Ports>({
  name: 'detection',
  decides: [rulesetStream],
  reacts: [expireException],
  asks: ['backtest', 'ruleset'],
  performs: (ports) => [supplyBacktest(ports)],
  pipesFrom: ['vigie.telemetry.enriched', 'vigie.ruleset.events'],
  pipesTo: ['vigie.finding.events'],
  ports: open,
  pipes: ({ pipe }) => [pipe],
  close: async ({ engine, pipe }) => {
    await engine.close();
    await pipe.stop();
  },
});
