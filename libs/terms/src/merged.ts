/**
 * The case that a case's work goes on in, however often it was merged; itself where it was not.
 * @param intoOf where a case went; nothing of one that went nowhere, or is not known.
 */
export const survivorOf = (caseId: string, intoOf: (caseId: string) => string | null | undefined): string => {
  const seen = new Set([caseId]);
  for (let id = caseId; ; ) {
    const into = intoOf(id);
    if (!into || seen.has(into)) return id;
    id = into;
    seen.add(id);
  }
};
