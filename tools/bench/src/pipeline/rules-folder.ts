import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRules } from '#libs/rules/loading';
import { KINDS, type KindName } from './kinds.js';
import { MARK } from './needles.js';

const OWN = 'rules';

/** Each needle is a finding of its own. */
const needleRule = ({ rule, logsource, field }: (typeof KINDS)[KindName]): string => `title: A needle of the measurement
id: ${rule}
status: test
description: What a measurement hides among other events, to find it again.
level: low
logsource: { ${logsource} }
detection:
  needle:
    ${field}|contains: '${MARK}'
  condition: needle
vigie:
  groupBy: [${field}]
`;

/** Our rules, those of a folder or archive, and those of the needles, as detection reads them at its start. */
export const makeRules = (folder: string, more: string | undefined): void => {
  cpSync(OWN, folder, { recursive: true });
  for (const [name, kind] of Object.entries(KINDS)) writeFileSync(join(folder, `needle-${name}.yml`), needleRule(kind));
  if (more === undefined) return;
  mkdirSync(join(folder, 'more'));
  // Under names of our own: an archive may call its files anything.
  for (const [nth, { text }] of readRules(more).entries()) writeFileSync(join(folder, 'more', `${nth}.yml`), text);
};
