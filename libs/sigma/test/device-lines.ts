import { fieldsOfText } from '../src/lines/index.js';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * What a device's line says, on one line: `source:port > destination:port, user; what happened`, whatever is not said
 * left out. What happened is its activity, with the action where there is one.
 */
export const toldBy = (line: string): string => {
  const fields = fieldsOfText(line) ?? {};
  const side = (name: string): string => {
    const [ip, port] = [textOf(fields[`${name}_ip`] ?? fields[name]), textOf(fields[`${name}_port`])];
    return ip === '' ? '' : port === '' ? ip : `${ip}:${port}`;
  };
  const sides = [side('src'), side('dst')].filter((one) => one !== '').join(' > ');
  const whom = [sides, textOf(fields.username)].filter((one) => one !== '').join(', ');
  const what = [textOf(fields['derived.activity']), textOf(fields.action)].filter((one) => one !== '').join(' ');
  return [whom, what].filter((one) => one !== '').join('; ');
};
