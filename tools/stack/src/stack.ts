/** A Kafka identity, SASL SCRAM-SHA-512 on both listeners. */
export interface Principal {
  username: string;
  password: string;
}

/** A broker and a store that answer; the same shape however they were had. */
export interface Stack {
  kind: 'environment' | 'docker' | 'local';
  /** `host:port` of the INTERNAL listener (services, platform team). */
  brokers: string[];
  /** `host:port` of the PARTNER listener (whoever publishes telemetry). */
  partnerBrokers: string[];
  /** The platform team's super user. */
  admin: Principal;
  mongoUrl: string;
  /** The principal of that name made by startStack or addUser. Throws Fault for a name never given. */
  userFor(name: string): Principal;
  /** Makes the SCRAM user, or changes its password; it is let in then, and may do nothing until an ACL says so. */
  addUser(user: Principal): Promise<void>;
  /** Takes the user away; it is refused then. */
  removeUser(name: string): Promise<void>;
  /** Ends what startStack started; data stays. A stack given by the environment is left alone. */
  stop(): Promise<void>;
  /** kill -9, for fault tests; start* brings the same data back on the same port. */
  killBroker(): Promise<void>;
  startBroker(): Promise<void>;
  killStore(): Promise<void>;
  startStore(): Promise<void>;
  pids: { broker?: number; store?: number };
}

export interface StackOptions {
  /** Folder of this stack's data, passwords and logs. Default `.stack`. */
  dir?: string;
  /** Names of the principals to make at the start, with random passwords. */
  users?: string[];
  /** Begin with empty data and new passwords. */
  wipe?: boolean;
  /** Progress, one line at a time; never a secret. */
  say?: (line: string) => void;
  /** Outlive the calling process, until attachStack(dir).stop(). */
  detached?: boolean;
  /** Ends the start, and what was started so far, as soon as it is given; of processes of this machine. */
  interrupted?: AbortSignal | undefined;
}
