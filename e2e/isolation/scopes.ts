/**
 * Whose data each place may hold, a line each. A new place without a line fails the build: decide who may see it, and
 * say so here.
 * Contracts stand in contract-scopes.ts, GraphQL fields in services/gateway/test/surface.ts.
 */

/**
 * Documents of a collection: TENANT, each names its tenant; ONE, each holds what is of one tenant at most; NOBODY, none
 * holds any tenant's text; ENTRIES, each holds a list whose entries are of one tenant at most.
 */
export const collectionScopes: Record<string, 'TENANT' | 'ONE' | 'NOBODY' | 'ENTRIES'> = {
  anchored: 'TENANT',
  archives: 'TENANT',
  commits: 'TENANT',
  effects: 'TENANT',
  firsts: 'TENANT',
  held: 'TENANT',
  leases: 'NOBODY',
  parked: 'TENANT',
  readings: 'TENANT',
  retention: 'TENANT',
  snapshots: 'TENANT',
  'snapshot-pieces': 'TENANT',
  checkpoints: 'NOBODY',
  'checkpoint-chunks': 'ENTRIES',
  'collection view.expected-source': 'TENANT',
  'collection view.host-watch': 'TENANT',
  'collection view.open-gap': 'TENANT',
  'collection view.pull-source': 'TENANT',
  'collection view.source-watch': 'TENANT',
  'collection view.told-receipts': 'TENANT',
  'gateway view.actions': 'TENANT',
  'gateway view.answers': 'TENANT',
  'gateway view.backtest-pages': 'TENANT',
  'gateway view.backtests': 'TENANT',
  'gateway view.cases': 'TENANT',
  'gateway view.deliveries': 'TENANT',
  'gateway view.exceptions': 'TENANT',
  'gateway view.finding-events': 'TENANT',
  'gateway view.findings': 'TENANT',
  'gateway view.grants': 'TENANT',
  'gateway view.hunt-pages': 'TENANT',
  'gateway view.hunts': 'TENANT',
  'gateway view.indicator-feeds': 'TENANT',
  'gateway view.intake': 'TENANT',
  'gateway view.openings': 'TENANT',
  'gateway view.policies': 'TENANT',
  'gateway view.posture': 'TENANT',
  'gateway view.pulls': 'TENANT',
  'gateway view.recommendations': 'TENANT',
  'gateway view.report-pdfs': 'TENANT',
  'gateway view.reports': 'TENANT',
  'gateway view.rulesets': 'TENANT',
  'gateway view.source-receipts': 'TENANT',
  'gateway view.tenants': 'TENANT',
  'gateway view.waiting': 'TENANT',
  'reporting view.action-journal': 'TENANT',
  'reporting view.case-journal': 'TENANT',
  'reporting view.exception-journal': 'TENANT',
  'reporting view.finding-journal': 'TENANT',
  'reporting view.host-journal': 'TENANT',
  'reporting view.hunt-journal': 'TENANT',
  'reporting view.posture-journal': 'TENANT',
  'reporting view.receipt-journal': 'TENANT',
  'reporting view.recommendation-journal': 'TENANT',
  'reporting view.rule-journal': 'TENANT',
  'reporting view.settings-journal': 'TENANT',
  'reporting view.settings-pages': 'TENANT',
};

/**
 * Figures at /metrics and the labels they have. A `*` at the end stands for the figures of Node itself. No label names
 * a tenant.
 */
export const metricScopes: Record<string, readonly string[]> = {
  'nodejs_*': ['kind', 'type', 'space', 'version', 'major', 'minor', 'patch', 'quantile'],
  'process_*': [],
  vigie_batch_seconds: ['loop'],
  vigie_case_clock_seconds: ['clock', 'outcome'],
  vigie_connections_refused_total: ['door', 'why'],
  vigie_consumer_lag: ['loop'],
  vigie_correlation_bytes: ['partition'],
  vigie_correlation_groups: ['partition'],
  vigie_correlation_groups_evicted_total: [],
  vigie_correlation_matches_late_total: [],
  vigie_correlation_matches_total: [],
  vigie_correlation_matches_unknown_total: [],
  vigie_dead_letters_total: ['topic', 'code'],
  vigie_effects_failed_total: ['effect'],
  vigie_events_matched_total: [],
  vigie_facts_held_total: ['loop'],
  vigie_findings_flooded_total: [],
  vigie_findings_raised_total: [],
  vigie_gateway_request_seconds: ['schema', 'kind', 'status'],
  vigie_matches_suppressed_total: [],
  vigie_let_go_total: ['of'],
  vigie_messages_heard_total: ['loop', 'topic'],
  vigie_parked: ['kind'],
  vigie_pipeline_delay_seconds: [],
  vigie_requests_answered_total: ['type', 'outcome'],
  vigie_rule_hits_total: [],
  vigie_rules_disabled_total: [],
  vigie_rules_failed: [],
  vigie_rules_loaded: [],
  vigie_rules_reloads_total: [],
  vigie_rules_resting: [],
  vigie_snapshots_total: ['outcome'],
  vigie_spans_dropped_total: [],
};

/** HTTP routes by service: TENANT, what a token may see; NOBODY, nothing of any tenant. */
export const routeScopes: Record<string, 'TENANT' | 'NOBODY'> = {
  'gateway /': 'NOBODY',
  'gateway /analyst/graphql': 'TENANT',
  'gateway /customer/graphql': 'TENANT',
  'gateway /reports/:id.pdf': 'TENANT',
  'gateway /schemas/ids/:id': 'NOBODY',
  'collection /services/collector': 'TENANT',
  'collection /services/collector/ack': 'TENANT',
  'collection /services/collector/event': 'TENANT',
  'collection /services/collector/health': 'NOBODY',
  'collection /services/collector/raw': 'TENANT',
  'collection /v1/ingest/:source': 'TENANT',
  'collection /v1/logs': 'TENANT',
  'collection /v1/receipts/:source': 'TENANT',
  'every /health/live': 'NOBODY',
  'every /health/ready': 'NOBODY',
  'every /metrics': 'NOBODY',
};

/**
 * Topics that no contract names; those of contracts have the scopes of their messages. The tenant of a record is its
 * key's.
 */
export const topicScopes: Record<string, 'TENANT' | 'NOBODY'> = {
  'ingest.': 'TENANT',
  'receipts.': 'TENANT',
  'vigie.*.dead-letter': 'TENANT',
  'vigie.*.retry': 'TENANT',
  'vigie.replay.': 'TENANT',
  'vigie.schemas': 'NOBODY',
};
