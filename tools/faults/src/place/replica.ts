import { startProcess, untilReady, type StartedProcess } from '../../../../cli/src/index.js';
import { pause, until } from '#stack';
import type { ReplicaName } from '../plan/kinds.js';

/** An orchestrator starts again what ended by itself, a moment later. */
const AGAIN_AFTER_MS = 1_000;
const LEAVES_WITHIN_MS = 40_000;

export const nameOf = ({ service, replica }: ReplicaName): string => `${service}-${replica}`;

interface ReplicaSetup {
  name: ReplicaName;
  /** Where its log is. */
  dir: string;
  environment: Record<string, string>;
  /** Told of an end that nobody wanted. */
  onEnd(code: number | null): void;
}

/** One service's process: it is started again when it ends by itself, as an orchestrator would. */
export class Replica {
  private process: StartedProcess | undefined;
  /** Whether it should run; while it should not, its end is no news. */
  private wanted = false;
  /** Its next start, where it ended by itself. */
  private again: Promise<void> | undefined;
  private readonly health: string;

  constructor(private readonly given: ReplicaSetup) {
    this.health = `http://127.0.0.1:${given.environment.HEALTH_PORT}/health/ready`;
  }

  async start(more?: Record<string, string>): Promise<void> {
    this.begin(more);
    await this.ready();
  }

  /** It may end by itself on the way, and is started again then. */
  async ready(): Promise<void> {
    while (this.process) {
      const started = this.process;
      try {
        return await untilReady(started, this.health);
      } catch (error) {
        await this.again;
        if (this.process === started) throw error;
      }
    }
  }

  /** Ends it; it stays away until it is started. */
  async away(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.wanted = false;
    await this.again;
    this.signal('SIGCONT');
    this.signal(signal);
    if (await this.untilGone(LEAVES_WITHIN_MS)) return;
    this.signal('SIGKILL');
    await this.untilGone(LEAVES_WITHIN_MS);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.isRunning()) this.process?.child.kill(signal);
  }

  private isRunning(): boolean {
    const child = this.process?.child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  private untilGone(withinMs: number): Promise<boolean> {
    return until(`the end of ${nameOf(this.given.name)}`, () => !this.isRunning(), withinMs).then(
      () => true,
      () => false,
    );
  }

  private begin(more: Record<string, string> = {}): StartedProcess {
    const { name, dir, environment, onEnd } = this.given;
    this.wanted = true;
    const started = startProcess({
      name: nameOf(name),
      dir,
      detached: false,
      script: `dist/services/${name.service}/src/main.js`,
      env: { ...environment, ...more },
    });
    this.process = started;
    const isMeant = (): boolean => this.wanted && this.process === started;
    started.child.once('exit', (code) => {
      if (!isMeant()) return;
      onEnd(code);
      this.again = pause(AGAIN_AFTER_MS).then(() => void (isMeant() && this.begin()));
    });
    return started;
  }
}
