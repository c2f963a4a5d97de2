/**
 * OCSF classes of well-known events, by channel and event id, after Microsoft's documentation of the security audit
 * events, of Sysmon and of the providers' manifests.
 */
import type { OcsfClass } from '../ocsf.js';

type ClassEntry = readonly [classUid: number, ...ids: readonly (readonly [eventId: number, activityId: number])[]];

const tableOf = (...entries: ClassEntry[]): ReadonlyMap<number, OcsfClass> =>
  new Map(
    entries.flatMap(([classUid, ...ids]) =>
      ids.map(([eventId, activityId]): [number, OcsfClass] => [eventId, { classUid, activityId }]),
    ),
  );

const OTHER = 99;
const [FILE, DRIVER, MODULE, JOB, PROCESS, LOG, SCRIPT, DEVICE] = [1001, 1002, 1005, 1006, 1007, 1008, 1009, 1010];
const [ACCOUNT, LOGON, SESSION, ENTITY, ACCESS, GROUP] = [3001, 3002, 3003, 3004, 3005, 3006];
const [NETWORK, DNS, REMOTE_DESKTOP, SMB, SSH] = [4001, 4003, 4005, 4006, 4007];
const [FINDING, INSTALLED] = [2004, 6002];
const [KEY, VALUE, RESOURCE, SERVICE] = [201001, 201002, 201003, 201004];

const each = (activityId: number, ...ids: number[]): [number, number][] => ids.map((id) => [id, activityId]);

const SYSMON = tableOf(
  [PROCESS, [1, 1], [5, 2], [8, 4], [10, 3], [25, OTHER]],
  [FILE, [2, 6], [9, 2], [11, 1], [15, 1], [17, 1], [18, 14], [23, 4], [26, 4], [27, 1], [28, 4], [29, 1]],
  [DRIVER, [6, 1]],
  [MODULE, [7, 1]],
  [NETWORK, [3, 1]],
  [DNS, [22, 1]],
  [KEY, [12, OTHER], [14, 5]],
  [VALUE, [13, 2]],
  [1012, [24, 2]],
  [SERVICE, [4, OTHER]],
  [RESOURCE, ...each(OTHER, 19, 20, 21)],
  [INSTALLED, [16, 8]],
);

const SECURITY = tableOf(
  [PROCESS, [4688, 1], [4689, 2], [4696, OTHER]],
  [LOGON, [4624, 1], [4625, 1], [4648, 1], [4634, 2], [4647, 2], [4768, 3], [4769, 4], [4770, 5], [4771, 6]],
  [LOGON, [4776, 1], [4772, 6], [4773, 6], [4777, 1], [4649, 1], [4778, OTHER], [4779, 2], [4800, OTHER]],
  [LOGON, ...each(OTHER, 4801, 4802, 4803, 4820, 4821, 4822, 4823, 4824), [4675, 1], [4825, 1]],
  [SESSION, [4672, 1], [4964, 2], [4627, 2], [4703, OTHER], [4626, OTHER]],
  [ACCOUNT, [4720, 1], [4722, 2], [4723, 3], [4724, 4], [4725, 5], [4726, 6], [4740, 9], [4767, 12]],
  [ACCOUNT, [4741, 1], [4743, 6], ...each(OTHER, 4738, 4742, 4781, 4765, 4766, 4780, 4794, 4782, 4793)],
  [GROUP, [4727, 6], [4728, 3], [4729, 4], [4730, 5], [4731, 6], [4732, 3], [4733, 4], [4734, 5], [4735, 9]],
  [GROUP, [4737, 9], [4744, 6], [4745, 9], [4746, 3], [4747, 4], [4748, 5], [4749, 6], [4750, 9], [4751, 3]],
  [GROUP, [4752, 4], [4753, 5], [4754, 6], [4755, 9], [4756, 3], [4757, 4], [4758, 5], [4759, 6], [4760, 9]],
  [GROUP, [4761, 3], [4762, 4], [4763, 5], [4764, 9]],
  [ACCESS, [4704, 1], [4705, 2], [4717, 1], [4718, 2], [4911, OTHER], [4912, OTHER]],
  [5003, [4799, 1], [4798, 1]],
  [
    NETWORK,
    [5156, 1],
    [5154, 7],
    [5157, 5],
    [5152, 5],
    [5158, 7],
    [5155, 5],
    [5159, 5],
    [5031, 5],
    [5150, 5],
    [5151, 5],
  ],
  [SMB, [5140, 2], [5145, 2], ...each(OTHER, 5142, 5143, 5144, 5168)],
  [JOB, [4698, 1], [4702, 2], [4699, 3], [4700, 4], [4701, 5]],
  [
    LOG,
    [1102, 1],
    [1100, 7],
    [1105, 4],
    [4719, OTHER],
    [4902, OTHER],
    [4904, OTHER],
    [4905, OTHER],
    ...each(OTHER, 1101, 1104, 1108),
  ],
  [LOG, ...each(OTHER, 4907, 4906, 4908, 4715, 4612, 4614, 4610, 4611, 4622)],
  [VALUE, [4657, 2]],
  [SERVICE, [4697, 1]],
  [
    RESOURCE,
    ...each(1, 4656, 4663, 4673, 4674, 4661, 4662, 4985, 4664, 4665, 4667),
    ...each(OTHER, 4658, 4659, 4660, 4670, 4690, 4691),
  ],
  [RESOURCE, ...each(1, 5379, 5380, 5381, 5382, 5376, 5377, 5058, 5059, 5061, 5056, 4692, 4693, 4694, 4695)],
  [
    ENTITY,
    [5136, 3],
    [5137, 1],
    [5138, 13],
    [5139, 5],
    [5141, 4],
    [4713, 3],
    [4739, 3],
    [4706, 1],
    [4707, 4],
    [4716, 3],
  ],
  [DEVICE, [6416, 1], [6419, 4], [6420, 4], [6421, 3], [6422, 3], [6423, OTHER], [6424, OTHER]],
  [LOGON, ...each(1, 6272, 6273, 6274, 6278)],
  [ENTITY, ...each(3, 4946, 4947, 4948, 4950, 4954, 4956, 5025, 4957, 4944, 4945)],
);

const POWERSHELL = tableOf([
  SCRIPT,
  ...each(1, 4103, 4104, 400, 800),
  ...each(
    OTHER,
    4105,
    4106,
    4100,
    403,
    600,
    40961,
    40962,
    53504,
    8193,
    8194,
    8195,
    8196,
    8197,
    12039,
    53505,
    53506,
    24577,
  ),
]);

const SYSTEM = tableOf(
  [
    SERVICE,
    [7045, 1],
    [7040, 2],
    ...each(OTHER, 7036, 7000, 7009, 7011, 7022, 7023, 7024, 7026, 7030, 7031, 7034, 7038),
  ],
  [LOG, [104, 1], [6005, 6], [6006, 7], [1100, 7]],
  [DRIVER, [20001, 1], [20003, 1]],
);

/** Every table, by the channel's name in lower case or by a word of it. */
export const CHANNEL_CLASSES: ReadonlyMap<string, ReadonlyMap<number, OcsfClass>> = new Map([
  ['sysmon', SYSMON],
  ['security', SECURITY],
  ['system', SYSTEM],
  ['powershell', POWERSHELL],
  [
    'taskscheduler',
    tableOf(
      [JOB, [106, 1], [140, 2], [141, 3], [142, 5], [200, 6], ...each(OTHER, 100, 102, 107, 108, 110)],
      [JOB, ...each(OTHER, 111, 118, 119, 129, 201, 203, 325, 332)],
    ),
  ],
  ['wmi', tableOf([RESOURCE, ...each(1, 5857, 5858, 5859, 5860, 5861)])],
  [
    'defender',
    tableOf(
      [
        FINDING,
        ...each(1, 1006, 1015, 1116, 1121, 1122, 1125, 1126, 1123, 1124),
        ...each(2, 1007, 1008, 1117, 1118, 1119),
      ],
      [INSTALLED, [5000, 6], [5001, 7], [5010, 7], [5012, 7], ...each(8, 2000, 2001, 2002, 5004, 5007, 5013)],
    ),
  ],
  [
    'firewall',
    tableOf([
      ENTITY,
      ...each(1, 2004, 2071, 2097),
      ...each(3, 2002, 2003, 2005, 2010, 2073, 2099),
      ...each(4, 2006, 2033, 2052),
    ]),
  ],
  [
    'terminal-services',
    tableOf(
      [LOGON, [21, 1], [23, 2], [24, 2], [25, 1], [1149, 1], ...each(OTHER, 22, 39, 40, 41, 42)],
      [REMOTE_DESKTOP, [131, 1], [98, 3], [102, 7], [103, 7], [1024, 1], [1102, 1]],
    ),
  ],
  ['bits', tableOf([JOB, [3, 1], [4, OTHER], [5, OTHER], [59, 6], [60, OTHER], [61, OTHER], [16403, 1]])],
  ['applocker', tableOf([PROCESS, ...each(1, 8002, 8003), [8004, 1]], [SCRIPT, ...each(1, 8005, 8006, 8007)])],
  ['code-integrity', tableOf([MODULE, ...each(1, 3001, 3002, 3004, 3010, 3021, 3023, 3033, 3063, 3076, 3077, 3089)])],
  ['dns', tableOf([DNS, [3006, 1], [3008, 2], [3020, 2]])],
  ['dns-server', tableOf([DNS, [256, 1], [257, 2], [260, 1], [261, 2]])],
  ['smb', tableOf([SMB, ...each(OTHER, 30803, 30804, 30807, 31001, 31010, 1006, 1009, 1015, 551)])],
  ['winrm', tableOf([LOGON, [91, 1], [161, 1], [169, 1]])],
  ['ntlm', tableOf([LOGON, ...each(1, 8001, 8002, 8003, 8004)])],
  ['print', tableOf([MODULE, [316, 1], [808, 1]])],
  ['openssh', tableOf([SSH, [4, OTHER]])],
  ['devices', tableOf([DEVICE, [2003, 1], [2102, 2], [2100, OTHER]])],
  ['application', tableOf([INSTALLED, [11707, 1], [11724, 2]])],
]);
