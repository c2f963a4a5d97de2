import { baseEvent, type OcsfClass } from '../ocsf.js';

const CLASSES: [operation: RegExp, kind: OcsfClass][] = [
  [/^(UserLoggedIn|UserLoginFailed|MailboxLogin|TeamsSessionStarted)$/i, { classUid: 3002, activityId: 1 }],
  [/^UserSignedOut$/i, { classUid: 3002, activityId: 2 }],
  [/^Add user\.?$/i, { classUid: 3001, activityId: 1 }],
  [/^Change user password/i, { classUid: 3001, activityId: 3 }],
  [/^Reset user password/i, { classUid: 3001, activityId: 4 }],
  [/^Disable account/i, { classUid: 3001, activityId: 5 }],
  [/^Delete user/i, { classUid: 3001, activityId: 6 }],
  [/^Disable Strong Authentication/i, { classUid: 3001, activityId: 11 }],
  [/^(Update user|Set user)/i, { classUid: 3001, activityId: 99 }],
  [
    /^(Add member to role|Add eligible member to role|Add-RoleGroupMember|New-ManagementRoleAssignment|Add-MailboxPermission|Add-RecipientPermission)/i,
    { classUid: 3005, activityId: 1 },
  ],
  [
    /^(Remove member from role|Remove-RoleGroupMember|Remove-ManagementRoleAssignment|Remove-MailboxPermission)/i,
    { classUid: 3005, activityId: 2 },
  ],
  [/^Add member to group/i, { classUid: 3006, activityId: 3 }],
  [/^Remove member from group/i, { classUid: 3006, activityId: 4 }],
  [
    /^(AlertTriggered|AlertEntityGenerated|AlertUpdated|TIMailData|TIUrlClickData)$/i,
    { classUid: 2004, activityId: 1 },
  ],
  [/^(New-|Add|Create|Consent to|FileUploaded|SharingSet|AnonymousLinkCreated)/i, { classUid: 6003, activityId: 1 }],
  [
    /^(Get-|View|FileAccessed|FileDownloaded|FilePreviewed|MailItemsAccessed|Search)/i,
    { classUid: 6003, activityId: 2 },
  ],
  [/^(Remove|Delete|HardDelete|SoftDelete|FileDeleted|FileRecycled)/i, { classUid: 6003, activityId: 4 }],
  [/^(Set-|Update|Enable|Disable|FileModified|Move|Change)/i, { classUid: 6003, activityId: 3 }],
];

/** What kind of event an operation is. */
export const classOf = (operation: string | undefined): OcsfClass =>
  operation === undefined
    ? baseEvent
    : (CLASSES.find(([name]) => name.test(operation))?.[1] ?? { classUid: 6003, activityId: 99 });
