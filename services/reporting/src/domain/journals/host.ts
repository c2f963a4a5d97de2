/** Devices a source told of on one UTC day: first and last time seen. */
export interface HostJournal {
  source: string;
  /** ISO date. */
  day: string;
  hosts: { host: string; first: number; last: number }[];
}
