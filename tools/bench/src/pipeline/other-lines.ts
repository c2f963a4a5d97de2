/** Events of other kinds of source than Windows, in their vendors' own JSON; no rule but the needles' has an opinion. */

const HOSTS = 50;
const two = (value: number): string => String(value).padStart(2, '0');

/** Sysmon for Linux. */
export const linuxLine = (nth: number, at: number, mark?: string): string =>
  JSON.stringify({
    Event: {
      System: {
        Provider: { Name: 'Linux-Sysmon', Guid: '{ff032593-a8d3-4f13-b0d6-01fc615a0f97}' },
        EventID: 1,
        Version: 5,
        Level: 4,
        Channel: 'Linux-Sysmon/Operational',
        Computer: `web-${two(nth % HOSTS)}.example.test`,
      },
      EventData: {
        RuleName: '-',
        UtcTime: new Date(at).toISOString().replace('T', ' ').replace('Z', ''),
        ProcessGuid: `{ec28adf3-${(nth % 65_536).toString(16).padStart(4, '0')}-6543-b5c7-dd5f2d7f0000}`,
        ProcessId: String(4_000 + (nth % 20_000)),
        Image: '/usr/lib/inventory/agent',
        CommandLine: `/usr/lib/inventory/agent --collect software --out /var/lib/inventory/${mark ?? `job-${nth}`}.json`,
        CurrentDirectory: '/var/lib/inventory',
        User: 'inventory',
        LogonGuid: '{ec28adf3-0000-0000-0000-000000000000}',
        LogonId: '33',
        TerminalSessionId: '4',
        IntegrityLevel: 'no level',
        Hashes: '-',
        ParentProcessId: '812',
        ParentImage: '/usr/lib/systemd/systemd',
        ParentCommandLine: '/usr/lib/systemd/systemd --system --deserialize 29',
        ParentUser: 'root',
      },
    },
  });

/** AWS CloudTrail: a service that reads a bucket of its own. */
export const cloudTrailLine = (nth: number, at: number, mark?: string): string =>
  JSON.stringify({
    eventVersion: '1.10',
    eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
    eventSource: 's3.amazonaws.com',
    eventName: 'HeadObject',
    awsRegion: 'eu-west-3',
    sourceIPAddress: `198.51.100.${nth % 250}`,
    userAgent: `[aws-sdk-java/2.25.11 inventory/${mark ?? `job-${nth}`}]`,
    requestParameters: {
      bucketName: 'inventory-eu',
      Host: 'inventory-eu.s3.eu-west-3.amazonaws.com',
      key: `nightly/${nth}.json`,
    },
    responseElements: null,
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'TLS_AES_128_GCM_SHA256',
      bytesTransferredIn: 0,
      bytesTransferredOut: 0,
    },
    requestID: `R${nth}`,
    eventID: `00000000-0000-4000-8000-${nth.toString(16).padStart(12, '0')}`,
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: '111122223333',
    eventCategory: 'Data',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:i-0${nth % HOSTS}`,
      arn: `arn:aws:sts::111122223333:assumed-role/Inventory/i-0${nth % HOSTS}`,
      accountId: '111122223333',
      sessionContext: {
        sessionIssuer: { type: 'Role', userName: 'Inventory', arn: 'arn:aws:iam::111122223333:role/Inventory' },
      },
    },
  });

/** Zeek's log of HTTP. */
export const zeekLine = (nth: number, at: number, mark?: string): string =>
  JSON.stringify({
    _path: 'http',
    _system_name: 'sensor1',
    ts: at / 1_000,
    uid: `C${nth.toString(36)}`,
    'id.orig_h': `10.20.${nth % 250}.${1 + (nth % 200)}`,
    'id.orig_p': 49_152 + (nth % 16_000),
    'id.resp_h': '192.0.2.80',
    'id.resp_p': 80,
    trans_depth: 1,
    method: 'GET',
    host: 'intranet.example.test',
    uri: `/inventory/${mark ?? `job-${nth}`}.json`,
    version: '1.1',
    user_agent: 'inventory-agent/4.2',
    request_body_len: 0,
    response_body_len: 1_800 + (nth % 900),
    status_code: 200,
    status_msg: 'OK',
    tags: [],
    resp_fuids: [`F${nth.toString(36)}`],
    resp_mime_types: ['application/json'],
  });
