import { reasonOf } from '#libs/model';

/** Acts of one run: each builds on those before, so after one has failed the others are not tried. */
export interface ActsOfRun {
  act(name: string, play: () => Promise<unknown>): Promise<void>;
  /** One is not played; who says so says why. */
  skip(): void;
  /** Acts that build on those before, and on which none of the later ones builds. */
  chapter(): ActsOfRun;
  /** `N passed, N failed, N skipped`. */
  last(): string;
  failed(): boolean;
}

interface RunCounts {
  passed: number;
  failed: number;
  skipped: number;
}

export const actsOfRun = (
  say: (line: string) => void,
  counts: RunCounts = { passed: 0, failed: 0, skipped: 0 },
  isBroken = false,
): ActsOfRun => {
  let broken = isBroken;
  const act: ActsOfRun['act'] = async (name, play) => {
    if (broken) {
      counts.skipped += 1;
      return say(`not reached  ${name}`);
    }
    const began = Date.now();
    const told = (how: string, more = ''): void =>
      say(`${how}  ${name} (${Math.round((Date.now() - began) / 1_000)} s)${more && `: ${more}`}`);
    try {
      const result = await play();
      counts.passed += 1;
      told('ok    ', typeof result === 'string' ? result : '');
    } catch (error) {
      counts.failed += 1;
      broken = true;
      told('FAILED', reasonOf(error));
    }
  };
  return {
    act,
    skip: () => void (counts.skipped += 1),
    chapter: () => actsOfRun(say, counts, broken),
    last: () => `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
    failed: () => counts.failed > 0,
  };
};
