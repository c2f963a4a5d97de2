const X86_64: readonly [number, string][] = [
  [2, 'open'], [41, 'socket'], [42, 'connect'], [43, 'accept'], [49, 'bind'], [50, 'listen'], [59, 'execve'], [62, 'kill'], [76, 'truncate'], [77, 'ftruncate'], [82, 'rename'],
  [83, 'mkdir'], [84, 'rmdir'], [85, 'creat'], [86, 'link'], [87, 'unlink'], [88, 'symlink'], [90, 'chmod'], [91, 'fchmod'], [92, 'chown'], [93, 'fchown'], [94, 'lchown'], [99, 'sysinfo'],
  [101, 'ptrace'], [103, 'syslog'], [105, 'setuid'], [106, 'setgid'], [117, 'setresuid'], [133, 'mknod'], [135, 'personality'], [155, 'pivot_root'], [160, 'setrlimit'], [161, 'chroot'], [165, 'mount'],
  [166, 'umount2'], [170, 'sethostname'], [175, 'init_module'], [176, 'delete_module'], [188, 'setxattr'], [197, 'removexattr'], [227, 'clock_settime'], [246, 'kexec_load'], [257, 'openat'],
  [259, 'mknodat'], [260, 'fchownat'], [263, 'unlinkat'], [264, 'renameat'], [265, 'linkat'], [266, 'symlinkat'], [268, 'fchmodat'], [272, 'unshare'], [288, 'accept4'], [308, 'setns'],
  [310, 'process_vm_readv'], [311, 'process_vm_writev'], [313, 'finit_module'], [316, 'renameat2'], [319, 'memfd_create'], [320, 'kexec_file_load'], [321, 'bpf'], [322, 'execveat'], [437, 'openat2'],
];
const I386: readonly [number, string][] = [[5, 'open'], [8, 'creat'], [11, 'execve'], [15, 'chmod'], [26, 'ptrace'], [38, 'rename'], [128, 'init_module'], [295, 'openat'], [301, 'unlinkat'], [358, 'execveat'], [359, 'socket'], [362, 'connect']];
const AARCH64: readonly [number, string][] = [
  [5, 'setxattr'], [33, 'mknodat'], [34, 'mkdirat'], [35, 'unlinkat'], [36, 'symlinkat'], [37, 'linkat'], [38, 'renameat'], [40, 'mount'], [51, 'chroot'], [52, 'fchmod'], [53, 'fchmodat'], [54, 'fchownat'], [56, 'openat'],
  [105, 'init_module'], [106, 'delete_module'], [117, 'ptrace'], [198, 'socket'], [200, 'bind'], [203, 'connect'], [221, 'execve'], [273, 'finit_module'], [276, 'renameat2'], [279, 'memfd_create'], [281, 'execveat'],
];

const BY_ARCHITECTURE = new Map([X86_64, I386, AARCH64].map((table, place) => [['c000003e', '40000003', 'c00000b7'][place] ?? '', new Map(table)]));
const ARCHITECTURES = new Map([['x86_64', 'c000003e'], ['i386', '40000003'], ['aarch64', 'c00000b7']]);

/** A system call's name by its number and architecture (64 bit x86 when that is not told); a name stays as it is. */
export const syscallName = (call: string | undefined, architecture = 'x86_64'): string | undefined => {
  if (call === undefined || !/^\d+$/.test(call)) return call;
  const known = architecture.toLowerCase().replace(/^0x/, '');
  return BY_ARCHITECTURE.get(ARCHITECTURES.get(known) ?? known)?.get(Number(call));
};
