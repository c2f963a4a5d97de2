import { baseEvent, type OcsfClass } from '../ocsf.js';

/** The directory's own operations, by name. */
const DIRECTORY: [name: RegExp, kind: OcsfClass][] = [
  [/^(add|invite external) user/i, { classUid: 3001, activityId: 1 }],
  [/^(enable account|restore user)/i, { classUid: 3001, activityId: 2 }],
  [/^change (user )?password|^change password \(self/i, { classUid: 3001, activityId: 3 }],
  [/^reset (user )?password|^self-service password reset/i, { classUid: 3001, activityId: 4 }],
  [/^disable account/i, { classUid: 3001, activityId: 5 }],
  [/^(hard )?delete user/i, { classUid: 3001, activityId: 6 }],
  [/^(user|admin) registered (all required )?security info/i, { classUid: 3001, activityId: 10 }],
  [/^(user|admin) deleted security info|^disable strong authentication/i, { classUid: 3001, activityId: 11 }],
  [/^update user/i, { classUid: 3001, activityId: 99 }],
  [
    /^add (eligible |scoped )?member to role|^add app role assignment|elevated their access|user access admin/i,
    { classUid: 3005, activityId: 1 },
  ],
  [/^remove (eligible |scoped )?member from role|^remove app role assignment/i, { classUid: 3005, activityId: 2 }],
  [/^add member to group/i, { classUid: 3006, activityId: 3 }],
  [/^remove member from group/i, { classUid: 3006, activityId: 4 }],
  [/^(add|create|consent to) /i, { classUid: 6003, activityId: 1 }],
  [/^(remove|delete|hard delete) /i, { classUid: 6003, activityId: 4 }],
  [/^(update|set|disable|enable) /i, { classUid: 6003, activityId: 3 }],
];

/** Operations on resources: MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE. */
const RESOURCES: [name: RegExp, activityId: number][] = [
  [/\/read$/i, 2],
  [/\/delete$/i, 4],
  [/\/(write|create)$/i, 3],
];

/** What kind of event an operation of a category is; a category alone says what it is only of sign-ins and risks. */
export const classOf = (category: string, operation: string): OcsfClass => {
  if (/sign-?in/i.test(category) || /^sign-in activity$/i.test(operation)) return { classUid: 3002, activityId: 1 };
  if (/risk/i.test(category)) return { classUid: 2004, activityId: 1 };
  if (operation.includes('/'))
    return { classUid: 6003, activityId: RESOURCES.find(([name]) => name.test(operation))?.[1] ?? 99 };
  const known = DIRECTORY.find(([name]) => name.test(operation))?.[1];
  return known ?? (operation === '' || operation === category ? baseEvent : { classUid: 6003, activityId: 99 });
};
