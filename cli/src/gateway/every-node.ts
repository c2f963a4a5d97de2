import type { GraphqlClient } from './graphql-client.js';

interface Page<Node> {
  pageInfo: { hasNextPage: boolean; endCursor: string };
  edges: { node: Node }[];
}

/** All of a connection, page by page. @param query takes `$after`, and selects `pageInfo { hasNextPage endCursor }`. */
export const everyNode = async <Node>(
  client: GraphqlClient,
  query: string,
  variables: Record<string, unknown>,
  field: string,
): Promise<Node[]> => {
  const found: Node[] = [];
  let after: string | null = null;
  do {
    const answer: Record<string, Page<Node>> = await client.ask(query, { ...variables, after });
    const { edges, pageInfo } = answer[field] as Page<Node>;
    found.push(...edges.map(({ node }) => node));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return found;
};
