import type { ServiceDefinition } from '#libs/service';
import { cases } from '../../../services/cases/src/cases.module.js';
import { collection } from '../../../services/collection/src/collection.module.js';
import { detection } from '../../../services/detection/src/detection.module.js';
import { enrichment } from '../../../services/enrichment/src/enrichment.module.js';
import { gateway } from '../../../services/gateway/src/gateway.module.js';
import { hunting } from '../../../services/hunting/src/hunting.module.js';
import { oncall } from '../../../services/oncall/src/oncall.module.js';
import { reporting } from '../../../services/reporting/src/reporting.module.js';
import { response } from '../../../services/response/src/response.module.js';
import { tenants } from '../../../services/tenants/src/tenants.module.js';

/** The pages of all services, sorted by name. */
export const definitions: ServiceDefinition[] = [
  cases,
  collection,
  detection,
  enrichment,
  gateway,
  hunting,
  oncall,
  reporting,
  response,
  tenants,
];
