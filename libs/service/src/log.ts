import { pino, type Logger } from 'pino';

/** JSON lines on standard output; secrets never reach it. */
export const openLog = (service: string, level: string): Logger =>
  pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['*.password', '*.token', '*.authorization', '*.secret', 'password', 'token', 'authorization', 'secret'],
  });
