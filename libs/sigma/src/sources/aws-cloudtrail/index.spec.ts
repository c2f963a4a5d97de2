import { labels } from '../../../test/source-fields.js';

it('CloudTrail is aws/cloudtrail', () =>
  expect(labels('aws-cloudtrail', { eventName: 'StopLogging' })).toEqual(['aws/cloudtrail']));
