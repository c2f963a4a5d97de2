import type { SourceKind } from '#contracts';
import { builtInPipeline, type SourceKind as EngineKind } from '#libs/sigma';

/** One word for a vendor: the rules' engine and folders say the contract's kind in kebab-case. */
const inEngine = (kind: string): string => kind.toLowerCase().replaceAll('_', '-');
const inContract = (kind: EngineKind): SourceKind => kind.toUpperCase().replaceAll('-', '_') as SourceKind;

const isKnown = (kind: string): kind is EngineKind => Object.hasOwn(builtInPipeline, kind);

/** What is to us the kind of source that the rules' engine calls so. */
export const SOURCE_KINDS = Object.fromEntries(
  Object.keys(builtInPipeline)
    .filter(isKnown)
    .map((kind) => [kind, inContract(kind)]),
) as Readonly<Record<EngineKind, SourceKind>>;

/** What the rules' engine calls a kind of source; undefined for those that rules do not know. */
export const engineKindOf = (kind: string): EngineKind | undefined => {
  const name = inEngine(kind);
  return isKnown(name) ? name : undefined;
};
