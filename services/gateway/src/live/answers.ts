import type { RequestAnswered } from '#contracts';

/** Hands answers to those who wait for them. */
export interface AwaitedAnswers {
  /** Set up before the request is sent. @returns undefined when there is no answer in time. */
  to(requestId: string, withinMs: number): Promise<RequestAnswered | undefined>;
  /** Most answers are for reactions: `read` is called only when somebody waits for this one. */
  heard(requestId: string, read: () => RequestAnswered | undefined): void;
}

export const openAnswers = (): AwaitedAnswers => {
  const waiting = new Map<string, Set<(answer: RequestAnswered) => void>>();
  return {
    to: (requestId, withinMs) =>
      new Promise((resolve) => {
        const listeners = waiting.get(requestId) ?? new Set();
        waiting.set(requestId, listeners);
        const settle = (answer?: RequestAnswered): void => {
          clearTimeout(timer);
          listeners.delete(settle);
          if (listeners.size === 0 && waiting.get(requestId) === listeners) waiting.delete(requestId);
          resolve(answer);
        };
        const timer = setTimeout(settle, withinMs);
        listeners.add(settle);
      }),
    heard: (requestId, read) => {
      const listeners = waiting.get(requestId);
      const answer = listeners && read();
      if (answer) for (const tell of listeners) tell(answer);
    },
  };
};
