import { Counter, Gauge, Histogram } from 'prom-client';
import { defineService, type ServiceContext } from '#libs/service';
import { config, type DetectionConfig } from './config.js';
import { rulesetStream } from './domain/ruleset/decider.js';
import { supplyBacktest, type SupplyPorts } from './effects/supply-backtest.js';
import { shareOf, type FloodLimits } from './domain/flood/counting.js';
import { CORRELATION_IDLE_MS } from './domain/event-time/waiting.js';
import { correlatePipe, type CorrelatePorts } from './pipes/correlate.js';
import { detectPipe, type DetectPorts } from './pipes/detect.js';
import { KEPT, keepPipe, type KeepPorts } from './pipes/keep.js';
import { openEngine, type DetectionEngine } from './rules/engine.js';
import { expireException } from './reactions/expire-exception.js';
import { builtInRules } from './rules/active-import.js';

interface DetectionPorts extends SupplyPorts {
  engine: DetectionEngine;
  detect: DetectPorts;
  correlate: CorrelatePorts;
  keep: KeepPorts;
}

const counting = ({ metrics: { registry } }: ServiceContext): DetectPorts['count'] & CorrelatePorts['count'] => {
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const counters = {
    events: counter('vigie_events_matched_total', 'Events put to the rules'),
    hits: counter('vigie_rule_hits_total', 'Times a rule or an indicator matched an event'),
    raised: counter('vigie_findings_raised_total', 'Findings raised'),
    flooded: counter('vigie_findings_flooded_total', 'Findings of rules that flood: counted, not raised'),
    matches: counter('vigie_correlation_matches_total', 'Matches taken into correlations'),
    late: counter('vigie_correlation_matches_late_total', 'Matches that came too late for their correlation'),
    unknown: counter(
      'vigie_correlation_matches_unknown_total',
      'Matches of a correlation that does not run, or not yet',
    ),
    evicted: counter('vigie_correlation_groups_evicted_total', 'Groups of correlations given up for want of room'),
  };
  return (figures: Partial<Record<keyof typeof counters, number>>) => {
    for (const [name, counted] of Object.entries(counters)) counted.inc(figures[name as keyof typeof counters] ?? 0);
  };
};

const DELAY_BUCKETS_S = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800];
const delays = ({ metrics: { registry } }: ServiceContext): DetectPorts['delayed'] => {
  const seconds = new Histogram({
    name: 'vigie_pipeline_delay_seconds',
    help: 'From coming in until the rules had looked, of the first event of each batch',
    buckets: DELAY_BUCKETS_S,
    registers: [registry],
  });
  return (ms) => seconds.observe(Math.max(0, ms) / 1_000);
};

const holding = ({ metrics: { registry } }: ServiceContext): CorrelatePorts['holds'] => {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['partition'], registers: [registry] });
  const groups = gauge('vigie_correlation_groups', 'Groups that correlations count, when last looked at');
  const bytes = gauge('vigie_correlation_bytes', 'What correlations hold, estimated, when last looked at');
  return (partition, growth) => {
    groups.set({ partition }, growth.groups);
    bytes.set({ partition }, growth.bytes);
  };
};

const open = async (context: ServiceContext<DetectionConfig>): Promise<DetectionPorts> => {
  const { store, out, clock, log, config: own } = context;
  const windowMs = own.WINDOW_MINUTES * 60_000;
  const engine = await openEngine(context, {
    builtIn: builtInRules(own.RULES_DIR),
    windowMs,
    cacheFolder: own.RULES_CACHE_DIR,
    tenantRules: { megabytes: own.TENANT_RULES_MB, milliseconds: own.TENANT_RULES_MS },
  });
  const shared = {
    store,
    out,
    clock,
    log,
    rules: (tenant: string) => engine.of(tenant),
    count: counting(context),
    checkpointEveryMs: own.CHECKPOINT_EVERY_MS,
  };
  const limits: FloodLimits = { perRule: own.FINDINGS_PER_RULE, inAll: own.FINDINGS_IN_ALL };
  const lateness = { streamedMs: own.LATENESS_MS, deliveredMs: own.DELIVERED_LATENESS_MS };
  return {
    engine,
    windowMs,
    keep: { store, clock },
    detect: { ...shared, delayed: delays(context), windowMs, mostFindings: own.MOST_FINDINGS, lateness, limits },
    correlate: {
      ...shared,
      limits: shareOf(limits, own.MATCH_PARTITIONS),
      holds: holding(context),
      options: { idleMs: CORRELATION_IDLE_MS, mostBytes: own.CORRELATION_BYTES },
    },
  };
};

/**
 * Rules and indicators over enriched telemetry: what matches becomes findings, the first raised and the rest counted.
 */
export const detection = defineService({
  name: 'detection',
  config,
  decides: [rulesetStream],
  keeps: Object.values(KEPT),
  reacts: [expireException],
  asks: ['backtest.supply', 'ruleset.end-exception', 'ruleset.park-import'],
  follows: ['vigie.ruleset.events'],
  ports: open,
  performs: (ports) => [supplyBacktest(ports)],
  pipes: [
    {
      name: 'detect',
      from: ['vigie.telemetry.enriched'],
      to: ['vigie.detection.matches', 'vigie.finding.events'],
      open: ({ detect }) => detectPipe(detect),
    },
    {
      name: 'correlate',
      from: ['vigie.detection.matches'],
      to: ['vigie.finding.events'],
      open: ({ correlate }) => correlatePipe(correlate),
    },
    {
      name: 'keep',
      from: ['vigie.finding.events', 'vigie.ruleset.events', 'vigie.detection.retry'],
      to: [],
      open: ({ keep }) => keepPipe(keep),
    },
  ],
  close: ({ engine }) => engine.close(),
});
