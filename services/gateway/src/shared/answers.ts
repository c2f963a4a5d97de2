import type { Visit } from '../graphql/visit.js';
import { answers, bucketOf, type AnswerDoc } from '../views/answers.js';

/** The answer to a request of a person, within what the caller may see. */
export const answerOf = async (
  { gate }: Visit,
  requestId: string,
  isOurs: (answer: AnswerDoc) => boolean = () => true,
): Promise<AnswerDoc | null> => {
  const key = bucketOf(requestId);
  const buckets = await Promise.all([gate.read(answers).getMany([key]), gate.readOperator(answers).getMany([key])]);
  return (
    buckets
      .flat()
      .flatMap(({ doc }) => doc.answers)
      .find((answer) => answer.requestId === requestId && isOurs(answer)) ?? null
  );
};
