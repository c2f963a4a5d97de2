/**
 * Which runs of three characters a text holds, hashed into a bitmap: a quick "certainly not" before a search.
 * Sound because a text that contains a literal contains every run of three characters of it; collisions only cost a
 * search.
 */
const BITS = 1 << 16;
const MAX_CHECKED = 4;

const hash = (a: number, b: number, c: number): number =>
  Math.imul(Math.imul(a, 0x9e37) ^ Math.imul(b, 0x85eb) ^ c, 0x27d4eb2f) >>> 16;

export class Grams {
  private readonly bits = new Uint32Array(BITS / 32);

  fill(texts: readonly string[]): void {
    this.bits.fill(0);
    for (const text of texts) {
      let a = text.charCodeAt(0);
      let b = text.charCodeAt(1);
      for (let i = 2; i < text.length; i++) {
        const c = text.charCodeAt(i);
        const gram = hash(a, b, c);
        this.bits[gram >>> 5] = (this.bits[gram >>> 5] ?? 0) | (1 << (gram & 31));
        a = b;
        b = c;
      }
    }
  }

  /** False: no text filled in contains the literal these belong to. */
  mayHold(grams: Uint16Array): boolean {
    for (let i = 0; i < grams.length; i++) {
      const gram = grams[i] ?? 0;
      if (((this.bits[gram >>> 5] ?? 0) & (1 << (gram & 31))) === 0) return false;
    }
    return true;
  }
}

/** Up to four runs of three, spread over the literal; none for shorter literals, which are then always searched. */
export const gramsOf = (literal: string): Uint16Array => {
  const count = literal.length - 2;
  if (count <= 0) return new Uint16Array(0);
  const checked = Math.min(MAX_CHECKED, count);
  return Uint16Array.from({ length: checked }, (_, index) => {
    const start = checked === 1 ? 0 : Math.round((index * (count - 1)) / (checked - 1));
    return hash(literal.charCodeAt(start), literal.charCodeAt(start + 1), literal.charCodeAt(start + 2));
  });
};
