/** GraphQL's node ids are opaque to clients; on the command line people see the key inside: `Type:tenant:key`. */
export const rawId = (id: string): string => {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  return /^[A-Za-z]+:[^:]+:.+$/.test(text) ? text.split(':').slice(2).join(':') : id;
};
