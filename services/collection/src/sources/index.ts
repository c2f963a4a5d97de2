import type { SourceKind } from '#contracts';
import { awsCloudtrail } from './aws-cloudtrail/index.js';
import { okta } from './okta/index.js';
import { suricata } from './suricata/index.js';
import { windows } from './windows/index.js';
import type { Source } from './source.js';

/** Every telemetry source, sorted by name; a test keeps the list complete. */
export const sources: Source[] = [awsCloudtrail, okta, suricata, windows];

/** The source of a kind; undefined for UNKNOWN. */
export const sourceOf = (kind: SourceKind): Source | undefined => sources.find((source) => source.kind === kind);
