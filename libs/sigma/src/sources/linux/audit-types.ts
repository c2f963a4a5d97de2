/** Types of audit records that the kernel writes by number, as auditd names them (linux/audit.h). */
const TYPES: ReadonlyMap<string, string> = new Map(
  `1006 LOGIN 1100 USER_AUTH 1101 USER_ACCT 1102 USER_MGMT 1103 CRED_ACQ 1104 CRED_DISP 1105 USER_START 1106 USER_END
  1107 USER_AVC 1108 USER_CHAUTHTOK 1109 USER_ERR 1110 CRED_REFR 1112 USER_LOGIN 1113 USER_LOGOUT 1114 ADD_USER
  1115 DEL_USER 1116 ADD_GROUP 1117 DEL_GROUP 1123 USER_CMD 1130 SERVICE_START 1131 SERVICE_STOP 1300 SYSCALL 1302 PATH
  1305 CONFIG_CHANGE 1306 SOCKADDR 1307 CWD 1309 EXECVE 1325 NETFILTER_CFG 1326 SECCOMP 1327 PROCTITLE 1334 BPF
  1400 AVC 1701 ANOM_ABEND`
    .split(/\s+/)
    .flatMap((number, place, all) => (place % 2 === 0 ? [[number, all[place + 1] ?? ''] as const] : [])),
);
const NAMES: ReadonlySet<string> = new Set(TYPES.values());

/** The name of a type that is written as a number; any other as it is. */
export const typeNamed = (type: string): string => TYPES.get(type) ?? type;
export const isType = (name: string): boolean => NAMES.has(name);
