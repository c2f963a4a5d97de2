import type { SourceKind } from '#contracts';
import { awsCloudtrail } from './aws-cloudtrail/index.js';
import { azure } from './azure/index.js';
import { gcpAudit } from './gcp-audit/index.js';
import { github } from './github/index.js';
import { googleWorkspace } from './google-workspace/index.js';
import { m365 } from './m365/index.js';
import { okta } from './okta/index.js';
import { suricata } from './suricata/index.js';
import { windows } from './windows/index.js';
import type { Source } from './source.js';

/** Every telemetry source, sorted by name; a test keeps the list complete. */
export const sources: Source[] = [awsCloudtrail, azure, gcpAudit, github, googleWorkspace, m365, okta, suricata, windows];

/** The source of a kind; undefined for UNKNOWN. */
export const sourceOf = (kind: SourceKind): Source | undefined => sources.find((source) => source.kind === kind);
