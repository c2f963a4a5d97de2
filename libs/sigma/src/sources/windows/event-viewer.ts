/** What Windows' Event Viewer saves as CSV. */
import type { JsonObject } from '../../json.js';
import { EventData } from './data.js';
import { renderedData } from './rendered.js';
import type { EventShape } from './shape.js';

/** Logs that these alone write to. */
const LOG_OF_PROVIDER = new Map([
  ['Microsoft-Windows-Security-Auditing', 'Security'],
  ['Microsoft-Windows-Sysmon', 'Microsoft-Windows-Sysmon/Operational'],
  ['Service Control Manager', 'System'],
]);

/** Rows as Windows' Event Viewer saves them: neither the log nor the computer is said, and data only as a text. */
export const fromEventViewer = (event: JsonObject): EventShape | undefined => {
  const { 'Event ID': id, 'Date and Time': time, Source: source, Message: message } = event;
  if (id === undefined || time === undefined || typeof source !== 'string') return undefined;
  const channel = LOG_OF_PROVIDER.get(source);
  return {
    system: {
      Channel: channel,
      EventID: id,
      Provider_Name: source,
      TimeCreated: time,
      Level: event.Level,
      Keywords: event.Keywords,
      Message: message,
    },
    data: new EventData().add(
      typeof message === 'string'
        ? renderedData(channel ?? '', String(id), message.replaceAll('\r\n', '\n'))
        : undefined,
    ),
    isFlat: true,
  };
};
