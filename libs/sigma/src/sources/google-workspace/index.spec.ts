import { kindOf, type JsonObject } from '../../index.js';
import { labels, read } from '../../../test/source-fields.js';

const activity: JsonObject = {
  id: { applicationName: 'admin' },
  actor: { email: 'ada@example.test' },
  events: [
    {
      type: 'T',
      name: 'CHANGE_APPLICATION_SETTING',
      parameters: [
        { name: 'SETTING_NAME', value: 'x' },
        { name: 'NEW_VALUE', boolValue: false },
      ],
    },
    { name: 'OTHER', parameters: [{ name: 'SETTING_NAME', value: 'y' }] },
  ],
};

const shared: JsonObject = {
  protoPayload: {
    serviceName: 'admin.googleapis.com',
    metadata: {
      event: [{ eventName: 'ADD_GROUP_MEMBER', parameter: [{ name: 'GROUP_EMAIL', value: 'a@example.test' }] }],
    },
  },
};

it("tells Workspace's rules from those of the cloud, and runs them on both forms", () => {
  expect(kindOf({ product: 'gcp', service: 'gcp.audit' })).toBe('gcp-audit');
  expect(kindOf({ product: 'gcp', service: 'google_workspace.admin' })).toBe('google-workspace');
  expect(labels('gcp-audit', shared)).toEqual(['gcp/gcp.audit', 'gcp/google_workspace.admin']);
  expect(labels('google-workspace', activity)).toEqual(['gcp/google_workspace.admin', 'gcp/google_workspace']);
  expect(read('gcp-audit', shared, 'eventService', 'eventName', 'group_email')).toEqual({
    eventService: 'admin.googleapis.com',
    eventName: 'ADD_GROUP_MEMBER',
    group_email: 'a@example.test',
  });
  expect(read('google-workspace', activity, 'eventService', 'eventName', 'setting_name', 'new_value')).toEqual({
    eventService: 'admin.googleapis.com',
    eventName: 'CHANGE_APPLICATION_SETTING',
    setting_name: 'x',
    new_value: 'false',
  });
  expect(
    read(
      'google-workspace',
      { id: { applicationName: 'login' }, name: 'gov_attack_warning' },
      'protoPayload.Servicename',
      'protoPayload.metadata.event.eventName',
    ),
  ).toEqual({
    'protoPayload.Servicename': 'login.googleapis.com',
    'protoPayload.metadata.event.eventName': 'gov_attack_warning',
  });
});
