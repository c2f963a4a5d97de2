/** Place in its stream of the last fact applied: [version, index]. */
export type StreamPosition = [number, number];
