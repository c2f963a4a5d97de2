/**
 * Azure's Event Grid, in its own schema and as CloudEvents: what happened stands in `data`, and what kind of it around.
 * https://learn.microsoft.com/azure/event-grid/event-schema
 */
import { memberOf } from '../envelope/members.js';
import { isObject } from '../sources/json-values.js';
import type { NativeObject } from '../sources/source.js';
import { around, notTelemetry, textIn, timeIn, without, type Wrapper, type WrapperProblem } from './wrapper.js';

const VALIDATION = 'Microsoft.EventGrid.SubscriptionValidationEvent';
const DELETED = 'Microsoft.EventGrid.SubscriptionDeletedEvent';

/** What it says of the subscription itself; undefined for what happened elsewhere. */
export const aboutSubscription = (type: string): WrapperProblem | undefined =>
  type === VALIDATION
    ? notTelemetry(
        'Event Grid asks that a subscription be validated: it is answered by HTTP, or open its validationUrl.',
      )
    : type === DELETED
      ? notTelemetry('Event Grid says that the subscription was deleted.')
      : undefined;

/** What an event that says neither is about: Azure's own types are its operations, and its topics resources. */
export const besideOf = (type: string, topic: string | undefined): { beside?: NativeObject } =>
  type.startsWith('Microsoft.')
    ? { beside: { operationName: type, ...(topic?.startsWith('/subscriptions/') ? { resourceId: topic } : {}) } }
    : {};

export const eventGrid: Wrapper = {
  by: 'eventgrid',
  mark: 'metadataVersion',
  besides: '"eventType"',
  open: (value, bytes) => {
    const type = textIn(value.eventType);
    if (type === undefined || textIn(value.subject) === undefined || textIn(value.eventTime) === undefined)
      return undefined;
    const problem = aboutSubscription(type);
    if (problem) return problem;
    const data = memberOf(bytes, 'data');
    if (!data || !isObject(value.data)) return undefined;
    const said = without(value, 'data');
    const beside = besideOf(type, textIn(value.topic));
    return [{ bytes: data, is: 'event', said, ...timeIn(value.eventTime), ...beside, wrap: around(said, 'data') }];
  },
};
