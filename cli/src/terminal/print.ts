/** What the command line prints. Progress goes to standard error, results to standard output. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

const COUNTED = 100_000;

/** Says on standard error how many there are by now, every hundred thousand. */
export const counting = (what: string): (() => void) => {
  let count = 0;
  return () => {
    count += 1;
    if (count % COUNTED === 0) say(`${count} ${what}`);
  };
};

/** A table with aligned columns; numbers to the right. */
export const table = (head: string[], rows: (string | number | null)[][]): string => {
  const cells = [head, ...rows.map((row) => row.map((cell) => (cell === null ? '–' : String(cell))))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)));
  const line = (row: string[], original?: (string | number | null)[]): string =>
    row
      .map((cell, column) =>
        typeof original?.[column] === 'number' ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [
    line(cells[0] ?? []),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...rows.map((row, index) => line(cells[index + 1] ?? [], row)),
  ].join('\n');
};
