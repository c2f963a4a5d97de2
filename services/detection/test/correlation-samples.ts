import type { RuleFile, TelemetryEnriched } from '#contracts';
import { at, batchOf, eventOf } from './samples.js';

/** Failed logons of one account from one address, then a success: a chain of event_count and temporal_ordered. */
export const BRUTE_FORCE: RuleFile = {
  path: 'own/brute-force.yml',
  text: `
title: A password was guessed
id: guessed
status: stable
level: high
tags: [attack.credential-access, attack.t1110.001]
correlation:
  type: temporal_ordered
  rules: [many_failures, logon]
  group-by: [TargetUserName, IpAddress]
  timespan: 10m
vigie:
  runbook: |
    Triage: whose account, from where?
---
title: Many failed logons
id: many-failures
name: many_failures
correlation:
  type: event_count
  rules: [failure]
  group-by: [TargetUserName, IpAddress]
  timespan: 5m
  condition: { gte: 5 }
---
title: A failed logon
id: failure-rule
name: failure
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4625 }
  condition: selection
---
title: A logon
id: logon-rule
name: logon
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4624 }
  condition: selection
`,
};

/** Few logons in an hour: decided when the window closes. */
export const FEW: RuleFile = {
  path: 'own/few.yml',
  text: `
title: Hardly any heartbeat
id: few
level: medium
correlation:
  type: event_count
  rules: [heartbeat]
  group-by: [Computer]
  timespan: 1h
  condition: { lt: 3 }
---
title: A heartbeat
id: heartbeat-rule
name: heartbeat
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4999 }
  condition: selection
`,
};

const SECOND = 1_000;
export const logon = (id: number, user: string, seconds: number) =>
  eventOf(
    { Channel: 'Security', EventID: id, Computer: 'DC1', TargetUserName: user, IpAddress: '203.0.113.9' },
    {
      occurredAt: at + seconds * SECOND,
      ingestedAt: at + seconds * SECOND + 200,
      observables: [{ kind: 'user-name', value: user }],
    },
  );

/** Five failures and a success, one event to a batch: each takes its place in event time. */
export const attackOn = (user: string, from = 0): TelemetryEnriched[] =>
  [...[0, 10, 20, 30, 40].map((seconds) => logon(4625, user, from + seconds)), logon(4624, user, from + 60)].map(
    (one) => batchOf([one]),
  );
