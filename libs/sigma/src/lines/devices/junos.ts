import type { JsonObject } from '../../json.js';
import {
  ACTIVITIES,
  heard,
  LONGEST_SENTENCE,
  markIn,
  sentence,
  type DeviceLine,
  type DeviceSentence,
} from './sentences.js';

const { logon, failed, logoff, config } = ACTIVITIES;

/** What Junos tells as text, by its tag; as structured data it is read as such. */
const TABLE: readonly (readonly [tags: string, ...sentences: DeviceSentence[]])[] = [
  [
    'RT_FLOW_SESSION_CREATE RT_FLOW_SESSION_CLOSE RT_FLOW_SESSION_DENY',
    sentence(
      String.raw`session \w{1,12}(?: [^:]{0,64}:)? ?(?<src_ip>[\da-f.:]{3,39})/(?<src_port>\d{1,5})->(?<dst_ip>[\da-f.:]{3,39})/(?<dst_port>\d{1,5})`,
    ),
  ],
  [
    'UI_LOGIN_EVENT',
    sentence(
      String.raw`User '<username>' login, class '[^']{0,64}' \[\d+\](?:, ssh-connection '(?<src_ip>[\da-f.:]{3,45}) )?`,
      logon,
    ),
  ],
  ['UI_LOGOUT_EVENT', sentence("User '<username>' logout", logoff)],
  [
    'LOGIN_FAILED SSHD_LOGIN_FAILED',
    sentence("Login failed for user '?<username>'? from host '?<src_ip>'?(?: |$)", failed),
  ],
  ['UI_AUTH_EVENT', sentence("Authenticated user '<username>' ", logon)],
  ['UI_CMDLINE_READ_LINE', sentence("User '<username>', command '<command>'", config)],
  ['UI_COMMIT UI_COMMIT_PROGRESS', sentence("User '<username>' (?:requested|performed)", config)],
];
const BY_TAG: ReadonlyMap<string, readonly DeviceSentence[]> = new Map(
  TABLE.flatMap(([tags, ...sentences]) => tags.split(' ').map((tag) => [tag, sentences] as const)),
);
const VERB = /^RT_FLOW_SESSION_(CREATE|CLOSE|DENY)$/;
const MARK = new RegExp(String.raw`\b(${[...BY_TAG.keys()].join('|')})(?:_LS)?: `);

export const junos = (said: DeviceLine): JsonObject | undefined => {
  const at = markIn(said, MARK);
  if (at < 0) return undefined;
  const text = said.line.slice(at, at + LONGEST_SENTENCE);
  const [mark = '', tag = ''] = MARK.exec(text) ?? [];
  const fields = heard(BY_TAG.get(tag) ?? [], text.slice(mark.length));
  const action = VERB.exec(tag)?.[1]?.toLowerCase();
  return fields && { ...fields, ...(action === undefined ? {} : { action }) };
};
