import { createInterface } from 'node:readline/promises';

interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/** Whether a person at the terminal says yes; without a terminal nobody does. */
export const isAgreed = async (
  question: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> => {
  if (input.isTTY !== true) return false;
  const asking = createInterface({ input, output });
  const ended = new Promise<string>((done) => asking.once('close', () => done('')));
  try {
    const answer = await Promise.race([asking.question(`${question} [y/N] `), ended]);
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    asking.close();
  }
};
