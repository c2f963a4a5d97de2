import type { EventContext, TelemetryEnriched, TelemetryEvent, TelemetryNormalized } from '#contracts';
import { encode } from '#libs/events';

export const at = Date.UTC(2026, 10, 2, 10);
export const LSASS_DUMP = {
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 1,
  Computer: 'DC1.example.test',
  Image: 'C:\\Windows\\System32\\rundll32.exe',
  CommandLine: 'rundll32.exe C:\\windows\\System32\\comsvcs.dll, MiniDump 624 C:\\temp\\lsass.dmp full',
};

let offset = 0;
export const eventOf = (native: object, special: Partial<TelemetryEvent> = {}): TelemetryEvent => {
  offset += 1;
  return {
    id: `event-${offset}`,
    occurredAt: at,
    ingestedAt: at + 5_000,
    entity: 'host:dc1.example.test',
    flags: [],
    partition: 0,
    offset,
    index: 0,
    observables: [
      { kind: 'hostname', value: 'DC1.example.test' },
      { kind: 'user-name', value: 'EXAMPLE\\ada' },
    ],
    native: Buffer.from(JSON.stringify(native)),
    ocsf: { categoryUid: 1, classUid: 1007, activityId: 1, severityId: 1, message: '' },
    ...special,
  };
};

export const batchOf = (events: TelemetryEvent[], context: EventContext[] = []): TelemetryEnriched => {
  const normalized: TelemetryNormalized = { type: 'telemetry.normalized', source: 'edr', kind: 'WINDOWS', events };
  return { type: 'telemetry.enriched', batch: encode(normalized), context, complete: true };
};

/** A rule file whose condition is one line of YAML. */
export const ruleFile = (id: string, condition: string) => ({
  path: `own/${id}.yml`,
  text: `title: TenantAdditions rule ${id}\nid: ${id}\nstatus: stable\nlevel: high\ntags: [attack.execution, attack.t1059]\nlogsource:\n  product: windows\n  category: process_creation\ndetection:\n  selection:\n    ${condition}\n  condition: selection\n`,
});

/** A rule for processes of one image. */
export const rule = (id: string, image: string) => ruleFile(id, `Image|endswith: '\\${image}'`);
