/** A number in a sentence, which decides the form of the words beside it, and how the reader writes it. */
export interface ReportCount {
  count: number;
  text: string;
}
