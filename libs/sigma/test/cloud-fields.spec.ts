import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { kindOf, type JsonObject, type SourceKind } from '../src/index.js';
import { samplesOf } from './events.js';
import { packPath, readRules } from './pack.js';
import { read } from './source-fields.js';

/** Names in a rule's detection. */
const fieldsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(fieldsIn);
  return typeof value === 'object' && value !== null
    ? Object.keys(value)
        .map((key) => key.split('|')[0] ?? '')
        .filter((name) => name !== '')
    : [];
};
const KINDS: Record<string, SourceKind> = {
  azure_activity: 'azure',
  azure_signin: 'azure',
  gcp_audit: 'gcp-audit',
  gcp_k8s: 'gcp-audit',
  microsoft: 'm365',
  gsuite_activityevent: 'google-workspace',
  github: 'github',
};
/**
 * What no event at hand has: mail of Threat Explorer, rules that Outlook itself writes, and a heading of the portal.
 */
const UNSEEN = ['Directionality', 'DeliveryAction', 'OperationProperties', 'ActivityDetails'];

const pack = packPath();
(pack === undefined ? it.skip : it)(
  `every field that SigmaHQ's rules of these products name is found in some event${pack === undefined ? ' (skipped: no ../shared/data)' : ''}`,
  () => {
    const events = Object.entries(KINDS).flatMap(([name, kind]) =>
      readFileSync(join(pack ?? '', 'panther-labelled', `${name}_rules.jsonl`), 'utf8')
        .trim()
        .split('\n')
        .map((line) => ({ kind, event: (JSON.parse(line) as { event: JsonObject }).event })),
    );
    events.push(...samplesOf('azure').map((event) => ({ kind: 'azure' as const, event })), {
      kind: 'azure',
      event: {
        operation_name: { value: 'o' },
        resource_provider_name: { value: 'p' },
        category: { value: 'c' },
        resource_id: 'r',
      },
    });
    const named = new Map<string, { kind: SourceKind; field: string; rules: number }>();
    for (const { text } of readRules(join(pack ?? '', 'sigma', 'sigma-rules.tar.gz')).filter((source) =>
      /product: (azure|gcp|m365|github)\b/.test(source.text),
    )) {
      for (const document of parseAllDocuments(text)) {
        const { logsource = {}, detection = {} } = document.toJS() as { logsource?: object; detection?: object };
        const kind = kindOf(logsource);
        if (!kind) continue;
        for (const field of new Set(Object.values(detection).flatMap(fieldsIn)))
          named.set(`${kind} ${field}`, { kind, field, rules: (named.get(`${kind} ${field}`)?.rules ?? 0) + 1 });
      }
    }
    const unseen = [...named.values()].filter(
      ({ kind, field }) =>
        !events.some((one) => one.kind === kind && Object.keys(read(kind, one.event, field)).length > 0),
    );
    expect(named.size).toBeGreaterThan(60);
    expect(unseen.map(({ field }) => field).sort()).toEqual([...UNSEEN].sort());
  },
  60_000,
);
