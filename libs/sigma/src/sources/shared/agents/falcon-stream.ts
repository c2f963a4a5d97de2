/** CrowdStrike Falcon's stream of detections, sessions and what was done in its console. */
import type { JsonObject } from '../../../json.js';
import { compact, isObject, textAt, type Derived } from '../derived.js';
import { accountOf, pathOf, reading, withoutZeros } from './parts.js';

/** Of the stream: what its event types are about. */
const STREAMED = new Map([
  ['DetectionSummaryEvent', 'finding'],
  ['EppDetectionSummaryEvent', 'finding'],
  ['IdpDetectionSummaryEvent', 'finding'],
  ['MobileDetectionSummaryEvent', 'finding'],
  ['IncidentSummaryEvent', 'finding'],
  ['IdentityProtectionEvent', 'finding'],
  ['RemoteResponseSessionStartEvent', 'remote_session'],
  ['RemoteResponseSessionEndEvent', 'remote_session'],
  ['AuthActivityAuditEvent', 'console'],
  ['UserActivityAuditEvent', 'console'],
]);

/** The stream wraps an event in what it says of it; the feed repeats it under `ExternalApiType`. */
export const streamedOf = (event: JsonObject): Derived | undefined => {
  const inner = isObject(event.event) ? event.event : event;
  const type = (textAt(event, 'metadata.eventType') ?? textAt(inner, 'ExternalApiType', 'EventType'))?.replace(
    /^Event_/,
    '',
  );
  const category = STREAMED.get(type ?? '');
  if (type === undefined || category === undefined) return undefined;
  const said = reading(inner);
  return {
    category,
    fields: compact({
      Image: pathOf(said('FilePath'), said('FileName')),
      CommandLine: said('CommandLine'),
      ParentImage: pathOf(said('ParentImageFilePath'), said('ParentImageFileName')),
      ParentCommandLine: said('ParentCommandLine'),
      User: accountOf(said('LogonDomain', 'MachineDomain'), said('UserName')) ?? said('UserId'),
      SHA256: said('SHA256String'),
      SHA1: withoutZeros(said('SHA1String')),
      MD5: said('MD5String'),
      SourceIp: said('LocalIP', 'UserIp', 'HostIP'),
      Computer: said('ComputerName', 'Hostname', 'HostnameField') ?? textAt(event, 'Hostname'),
      Message: said('DetectName', 'Name', 'DetectDescription', 'Description', 'OperationName') ?? type,
      Level: said('SeverityName'),
      'derived.time': textAt(event, 'metadata.eventCreationTime') ?? said('UTCTimestamp', 'ProcessStartTime'),
    }),
  };
};
