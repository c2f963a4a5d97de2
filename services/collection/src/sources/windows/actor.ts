import type { OcsfActor } from '#contracts';
import { textOf, wholeOf } from '../json-values.js';
import { compact } from '../ocsf.js';
import { first, type WindowsFields, type WindowsRecord } from './fields.js';

const fileName = (path: string | undefined): string | undefined => path?.split(/[\\/]/).pop();

/** A user name without its domain. */
export const split = (name: string | undefined): { domain?: string; user?: string } => {
  if (name === undefined) return {};
  const [domain, user] = name.includes('\\') ? name.split('\\', 2) : [undefined, name];
  return { domain, user };
};

const AUTHENTICATION = 3002;

/** Who acted: at a logon whoever logs on, else the subject. */
export const actorOf = ({ system, fields }: WindowsRecord, classUid: number): OcsfActor | undefined => {
  const accounts =
    classUid === AUTHENTICATION ? ['TargetUserName', 'SubjectUserName'] : ['SubjectUserName', 'TargetUserName'];
  const named = split(
    first(
      fields,
      'User',
      'SourceUser',
      ...accounts,
      'AccountName',
      'InitiatingProcessAccountName',
      'UserId',
      'Account',
    ) ??
      initiator(fields) ??
      first(fields, 'AccountUpn', 'AccountDisplayName'),
  );
  const path =
    first(fields, 'Image', 'NewProcessName', 'SourceImage', 'ProcessName', 'InitiatingProcessFolderPath') ??
    (system.EventID === undefined ? undefined : first(fields, 'Application'));
  return compact<OcsfActor>({
    userName: named.user,
    userDomain:
      named.domain ??
      first(
        fields,
        ...(classUid === AUTHENTICATION ? ['TargetDomainName'] : []),
        'SubjectDomainName',
        'Domain',
        'InitiatingProcessAccountDomain',
      ),
    userUid:
      first(fields, 'TargetUserSid', 'SubjectUserSid', 'UserID', 'InitiatingProcessAccountSid') ??
      first(system, 'UserID'),
    processName: fileName(path),
    processPath: path,
    commandLine: first(fields, 'CommandLine', 'ProcessCommandLine', 'InitiatingProcessCommandLine'),
    pid: wholeOf(first(fields, 'NewProcessId', 'ProcessId', 'InitiatingProcessId')),
    parentProcessName: fileName(first(fields, 'ParentImage', 'ParentProcessName')),
    parentCommandLine: first(fields, 'ParentCommandLine'),
  });
};

/** Entra ID states who acted as JSON text. */
const initiator = (fields: WindowsFields): string | undefined => {
  const text = textOf(fields.InitiatedBy);
  return text === undefined ? undefined : /"userPrincipalName":"([^"]{1,256})"/.exec(text)?.[1];
};
