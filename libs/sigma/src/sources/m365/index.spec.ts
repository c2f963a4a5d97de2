import { labels, read } from '../../../test/source-fields.js';

const alert = {
  Operation: 'AlertTriggered',
  Workload: 'SecurityComplianceCenter',
  ResultStatus: 'Succeeded',
  Name: 'Impossible travel activity',
  Status: 'Active',
};
const rule = {
  Operation: 'New-InboxRule',
  Workload: 'Exchange',
  ResultStatus: 'True',
  Parameters: [
    { Name: 'Name', Value: '.' },
    { Name: 'DeleteMessage', Value: 'True' },
  ],
  ExtendedProperties: [{ Name: 'RequestType', Value: 'Login:login' }],
};

it('finds names of records as rules spell them', () => {
  expect(labels('m365', rule)).toEqual(['m365/exchange', 'm365/audit']);
  expect(labels('m365', alert)).toEqual(['m365/threat_management', 'm365/threat_detection', 'm365/audit']);
  expect(read('m365', alert, 'eventSource', 'eventName', 'status')).toEqual({
    eventSource: 'SecurityComplianceCenter',
    eventName: 'Impossible travel activity',
    status: 'success',
  });
  expect(read('m365', rule, 'eventName', 'DeleteMessage', 'RequestType')).toEqual({
    eventName: 'New-InboxRule',
    DeleteMessage: 'True',
    RequestType: 'Login:login',
  });
  expect(
    read('m365', { Operations: 'New-InboxRule', AuditData: JSON.stringify(rule) }, 'Operation', 'DeleteMessage'),
  ).toEqual({ Operation: 'New-InboxRule', DeleteMessage: 'True' });
  expect(read('m365', { operation: 'x', parameters: rule.Parameters }, 'Operation', 'DeleteMessage')).toEqual({
    Operation: 'x',
    DeleteMessage: 'True',
  });
});
