import type { JsonObject } from '../../index.js';
import { labels, read } from '../../../test/source-fields.js';

const entry: JsonObject = {
  logName: 'projects/p/logs/x',
  resource: { type: 'k8s_cluster' },
  protoPayload: {
    methodName: 'v1.compute.firewalls.delete',
    serviceName: 'compute.googleapis.com',
    authenticationInfo: { principalEmail: 'ada@example.test' },
    authorizationInfo: [{ permission: 'p', granted: true }],
  },
};

it('finds names of log entries as rules spell them, also wrapped by Pub/Sub and in lower case', () => {
  const asked = [
    'gcp.audit.method_name',
    'data.protoPayload.authorizationInfo.granted',
    'data.protoPayload.resource.type',
  ];
  const expected = {
    'gcp.audit.method_name': 'v1.compute.firewalls.delete',
    'data.protoPayload.authorizationInfo.granted': 'true',
    'data.protoPayload.resource.type': 'k8s_cluster',
  };
  expect(read('gcp-audit', entry, ...asked)).toEqual(expected);
  expect(read('gcp-audit', { data: entry }, ...asked)).toEqual(expected);
  expect(read('gcp-audit', { protopayload: entry.protoPayload ?? null }, 'gcp.audit.method_name')).toEqual({
    'gcp.audit.method_name': 'v1.compute.firewalls.delete',
  });
  expect(labels('gcp-audit', entry)).toEqual(['gcp/gcp.audit']);
});
