import type { TelemetryEnriched } from '#contracts';
import { enrichedMessages, eventsOf } from '../service/records.js';

/** A process creation of Sysmon's, of the nth host: every event is a finding of its own. */
const lineOf = (nth: number): string =>
  JSON.stringify({
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    EventID: 1,
    Computer: `host-${nth}.example.test`,
    TimeCreated: '2026-11-02T09:00:00Z',
    User: `EXAMPLE\\user-${nth % 500}`,
    ProcessId: 4_000 + (nth % 5_000),
    Image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    CommandLine: `powershell.exe -NoProfile -File C:\\scripts\\inventory-${nth}.ps1`,
    ParentImage: 'C:\\Windows\\System32\\svchost.exe',
    ParentCommandLine: 'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule',
    Hashes: `SHA256=${nth.toString(16).padStart(64, '0')}`,
    IntegrityLevel: 'System',
  });

/** So many events, each of a host of its own, as detection fetches them. */
export const telemetryOfHosts = async (count: number): Promise<TelemetryEnriched[]> => {
  const lines = Array.from({ length: count }, (_, nth) => lineOf(nth));
  return enrichedMessages('WINDOWS', await eventsOf(lines, 'WINDOWS', count));
};

/** A rule that matches every one of them. */
export const MATCHES_EVERYTHING = `title: Everything
id: 5d0c7a52-6f43-4b5c-9b0e-1f0f4f6f2c11
status: test
level: low
logsource:
  product: windows
detection:
  any:
    EventID|exists: true
  condition: any
`;
