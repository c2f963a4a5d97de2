type Undo = () => Promise<void>;

/** What a run made and takes away again, the newest first: at its end, after a failure, and when it is interrupted. */
export class Undoing {
  private readonly left: Undo[] = [];

  /** @returns takes it away now; later nobody does so again. */
  add(undo: Undo): Undo {
    this.left.push(undo);
    return async () => {
      const at = this.left.indexOf(undo);
      if (at < 0) return;
      this.left.splice(at, 1);
      await undo();
    };
  }

  /** Takes away what is left. What cannot be is told, and the rest goes on. */
  async all(say: (line: string) => void): Promise<void> {
    for (let undo = this.left.pop(); undo; undo = this.left.pop())
      await undo().catch((error: unknown) => say(`left behind: ${String(error)}`));
  }
}
