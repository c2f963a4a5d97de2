import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow to two and a half of what lives before all of it is looked through again. Records come as memory
 * beside the heap, many megabytes a second, and count: V8 let it grow by a tenth, as it reckons by the clock of a busy
 * machine, and detection spent half its time in collections of 100 MB that freed 2. The young generation's size can
 * only be said when a process is started: `--max-semi-space-size` in the image and in `vigie up`.
 */
export const letHeapGrow = (): void => setFlagsFromString('--heap-growing-percent=150');
