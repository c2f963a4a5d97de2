import type { BacktestedRule } from '#contracts';

const PAGE_RULES = 50;
const PAGE_BYTES = 256 * 1024;

const sizeOf = ({ title, groups, samples }: BacktestedRule): number =>
  1_024 +
  title.length +
  groups.reduce((sum, { key }) => sum + 4 * key.length, 0) +
  samples.reduce((sum, { native, entity }) => sum + native.length + 4 * entity.length + 100, 0);

/** Pages of at most 50 rules and some 256 KiB; at least one, which may be empty. */
export const pagesOf = (rules: readonly BacktestedRule[]): BacktestedRule[][] => {
  const pages: BacktestedRule[][] = [[]];
  let bytes = 0;
  for (const rule of rules) {
    const size = sizeOf(rule);
    const page = pages.at(-1) ?? [];
    const isFull = page.length > 0 && (page.length >= PAGE_RULES || bytes + size > PAGE_BYTES);
    if (isFull) pages.push([rule]);
    else page.push(rule);
    bytes = isFull ? size : bytes + size;
  }
  return pages;
};
