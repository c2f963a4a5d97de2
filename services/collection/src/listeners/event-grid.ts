/**
 * How Azure's Event Grid asks whether it may send, before it does: by an event whose code is to be said back, and as
 * CloudEvents by OPTIONS. https://learn.microsoft.com/azure/event-grid/end-point-validation-cloud-events-schema
 */
import { valueOf } from '../sources/json-events.js';
import { at, textOf } from '../sources/json-values.js';
import { notThis, type BodyFormat, type DoorAnswer } from './body-format.js';
import { ndjson } from './formats.js';

const CODE = /^[\x21-\x7e]{1,512}$/;
const ORIGIN = /^[\w.*:-]{1,253}$/;

const codeIn = (body: Buffer): string => {
  const value = valueOf(body);
  const code = textOf(at(Array.isArray(value) ? value[0] : value, 'data', 'validationCode'));
  if (code === undefined || !CODE.test(code)) throw notThis("Event Grid's: a validation event with its code");
  return code;
};

/** Of one request, whose code is its answer. Any other status than 200 is no answer to Event Grid. */
export const validation = (): BodyFormat => {
  let code = '';
  return {
    by: ndjson.by,
    read: (body) => {
      code = codeIn(body);
      return { events: [] };
    },
    mayBeEmpty: true,
    taken: () => ({ status: 200, body: { validationResponse: code } }),
    refused: ndjson.refused,
  };
};

/** That whoever asks by OPTIONS may send; undefined where nobody is named. */
export const mayDeliver = (origin: string | undefined): DoorAnswer | undefined =>
  origin === undefined || !ORIGIN.test(origin)
    ? undefined
    : {
        status: 200,
        body: {},
        headers: { allow: 'POST, OPTIONS', 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*' },
      };
