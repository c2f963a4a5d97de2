import type { Typed, View } from '#libs/model';
import { actions } from './actions.js';
import { answers } from './answers.js';
import { backtestPages, backtests } from './backtests.js';
import { cases } from './cases.js';
import { deliveries } from './deliveries.js';
import { exceptions } from './exceptions.js';
import { findingEvents, findings } from './findings.js';
import { grants } from './grants.js';
import { huntPages, hunts } from './hunts.js';
import { indicatorFeeds } from './indicator-feeds.js';
import { intake } from './intake.js';
import { openings } from './openings.js';
import { policies } from './policies.js';
import { posture } from './posture.js';
import { pulls } from './pulls.js';
import { recommendations } from './recommendations.js';
import { reportPdfs, reports } from './reports.js';
import { rulesets } from './rulesets.js';
import { sourceReceipts } from './source-receipts.js';
import { tenants } from './tenants.js';
import { waiting } from './waiting.js';

/** Everything the gateway shows, sorted by name. */
export const views: View<unknown, Typed>[] = [
  actions,
  answers,
  backtestPages,
  backtests,
  cases,
  deliveries,
  exceptions,
  findingEvents,
  findings,
  grants,
  huntPages,
  hunts,
  indicatorFeeds,
  intake,
  openings,
  policies,
  posture,
  pulls,
  recommendations,
  reportPdfs,
  reports,
  rulesets,
  sourceReceipts,
  tenants,
  waiting,
] as View<unknown, Typed>[];
