import { textOf } from './text.js';

/** Two customers whose every text holds a mark of its own. */
export interface MarkedTenant {
  tenant: string;
  mark: string;
}
export const MARKED: readonly [MarkedTenant, MarkedTenant] = [
  { tenant: 'zalfa', mark: 'mkq7alf' },
  { tenant: 'zbravo', mark: 'mkq7brv' },
];

/** Whose texts may stand there: one tenant's, nobody's, or those of at most one tenant, whichever it is. */
export type SurfaceScope = { tenant: string } | 'NOBODY' | 'ONE';

/** A part of a surface that belongs together: a record, a document, a file, an answer. */
export interface SurfacePiece {
  where: string;
  scope: SurfaceScope;
  /** Anything: texts are found in it, also coded, packed and encoded ones. */
  content: unknown;
  /**
   * Where names of tenants are expected and tell nobody anything: their texts alone count. Default: what is nobody's.
   */
  mayName?: boolean;
  /** What is wrong with it whatever it holds, such as a place that no scope was declared for. */
  wrong?: string;
}

export const KINDS = [
  'topic',
  'contract',
  'dead letters',
  'receipts',
  'collection',
  'lake',
  'graphql',
  'report',
  'export',
  'http',
  'log',
  'metrics',
  'health',
] as const;
export type SurfaceKind = (typeof KINDS)[number];

/** One place where data of tenants is, or could be. */
export interface SearchedSurface {
  kind: SurfaceKind;
  name: string;
  pieces: SurfacePiece[];
}

const needlesOf = ({ tenant, mark }: MarkedTenant, mayName: boolean): string[] => (mayName ? [mark] : [mark, tenant]);

/** Tenants whose mark, or name, stands in the text. */
const heldIn = (text: string, mayName: boolean): string[] =>
  MARKED.filter((one) => needlesOf(one, mayName).some((needle) => text.includes(needle))).map(({ tenant }) => tenant);

const foreign = (scope: SurfaceScope, held: string[]): string[] => {
  if (scope === 'ONE') return held.length > 1 ? held : [];
  return held.filter((tenant) => scope === 'NOBODY' || scope.tenant !== tenant);
};

const whose = (scope: SurfaceScope): string => (typeof scope === 'string' ? scope.toLowerCase() : scope.tenant);

/** A line for each piece that holds what it should not. */
export const leaksOf = ({ kind, name, pieces }: SearchedSurface): string[] =>
  pieces.flatMap(({ where, scope, content, wrong, mayName }) => {
    // What belongs to nobody (the operator, figures, schemas) may name tenants; a tenant's own may not name another.
    const held = heldIn(textOf(content), mayName ?? scope === 'NOBODY');
    const found = foreign(scope, held).map(
      (tenant) => `${kind} ${name}: ${where} (${whose(scope)}) holds what is of ${tenant}`,
    );
    return wrong ? [...found, `${kind} ${name}: ${where}: ${wrong}`] : found;
  });

/** Tenants whose marks were found where they may be: without any, a surface was looked at in vain. */
export const carriedBy = ({ pieces }: SearchedSurface): string[] => [
  ...new Set(pieces.flatMap(({ content }) => heldIn(textOf(content), true))),
];
