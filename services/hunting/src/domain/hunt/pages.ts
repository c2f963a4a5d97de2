/** Rows and bytes of a page, and bytes of all pages. */
export const PAGE_ROWS = 500;
export const PAGE_BYTES = 256 * 1024;
export const ANSWER_BYTES = 16 * 1024 * 1024;

/** Pages of an answer; at least one, which may be empty. */
export interface Pages {
  pages: Buffer[][];
  /** Rows left out because the answer was too large. */
  left: number;
}

/**
 * Cuts rows (JSON arrays) into pages of at most 500 rows and 256 KiB, 16 MiB in all. A row larger than a page is left
 * out.
 */
export const pagesOf = (rows: unknown[][]): Pages => {
  const pages: Buffer[][] = [[]];
  let [bytes, total, left] = [0, 0, 0];
  for (const row of rows) {
    const json = Buffer.from(JSON.stringify(row));
    if (json.length > PAGE_BYTES || total + json.length > ANSWER_BYTES) {
      left += 1;
      continue;
    }
    const page = pages.at(-1) ?? [];
    const full = page.length >= PAGE_ROWS || bytes + json.length > PAGE_BYTES;
    if (full) pages.push([json]);
    else page.push(json);
    bytes = full ? json.length : bytes + json.length;
    total += json.length;
  }
  return { pages, left };
};
