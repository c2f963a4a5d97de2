import { readSyslogHeader } from './syslog-header.js';

/** What a syslog header says, and what stands behind it. */
export type Headed = { host?: string; program?: string; text: string };

/** A line without its syslog header; a line without one as it is. */
export const headed = (line: string): Headed => {
  const header = readSyslogHeader(line);
  return header ? { host: header.host, program: header.app, text: line.slice(header.end) } : { text: line };
};
