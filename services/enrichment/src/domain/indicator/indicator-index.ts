import type { Indicator, IndicatorHit, Observable } from '#contracts';
import { observableForm, OPERATOR } from '#libs/terms';

interface IndexedIndicator {
  scope: string;
  version: number;
  indicator: Indicator;
}

/**
 * Indicators in memory, by kind and value. A tenant's own indicators are seen in its own events alone, whatever their
 * marking; the operator's in everybody's, as long as they are valid when the event happened.
 */
export class IndicatorIndex {
  private readonly entries = new Map<string, IndexedIndicator[]>();
  private count = 0;

  /** Takes in an import; an older version of the scope's stream never replaces a newer one. */
  learn(scope: string, version: number, indicators: Indicator[]): void {
    for (const indicator of indicators) this.put({ scope, version, indicator });
  }

  /** Indicators known. */
  get size(): number {
    return this.count;
  }

  /** What of these observables is known to be bad at that moment (epoch ms), each indicator once. */
  match(tenant: string, occurredAt: number, observables: Observable[]): IndicatorHit[] {
    const hits: IndicatorHit[] = [];
    if (this.count === 0) return hits;
    for (const { kind, value } of observables) {
      for (const { scope, indicator } of this.entries.get(keyOf(kind, value)) ?? []) {
        if (scope !== OPERATOR && scope !== tenant) continue;
        if (occurredAt < indicator.validFrom || occurredAt >= (indicator.validUntil ?? Infinity)) continue;
        const { indicatorId, name, confidence, tlp } = indicator;
        hits.push({ indicatorId, name, kind, value: indicator.value, confidence, tlp });
      }
    }
    return hits;
  }

  private put(entry: IndexedIndicator): void {
    const key = keyOf(entry.indicator.kind, entry.indicator.value);
    const list = this.entries.get(key) ?? [];
    const at = list.findIndex(
      ({ scope, indicator }) => scope === entry.scope && indicator.indicatorId === entry.indicator.indicatorId,
    );
    const known = list[at];
    if (known && known.version > entry.version) return;
    if (known) list[at] = entry;
    else {
      list.push(entry);
      this.count += 1;
    }
    this.entries.set(key, list);
  }
}

/** Both sides in one form; what no observable can be is compared as it is. */
const keyOf = (kind: string, value: string): string => `${kind}\n${observableForm(kind, value) ?? value.toLowerCase()}`;
