import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphqlClient } from './graphql-client.js';

const late = { errors: [{ message: 'the answer took too long: ask again', extensions: { code: 'UNAVAILABLE' } }] };
const outcome = { ok: true, code: '', message: '', requestId: 'one' };

describe('a gateway that could not answer in time', () => {
  const asked: string[] = [];
  let server: Server;
  let answers: object[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.on('data', (bytes: Buffer) => void asked.push((JSON.parse(bytes.toString()) as { query: string }).query));
      request.on('end', () => response.end(JSON.stringify(answers.shift())));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => void asked.splice(0));
  afterAll(() => void server.close());
  const client = () => graphqlClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 'token');

  it('is asked again', async () => {
    answers = [late, { data: { one: 1 } }];
    expect(await client().ask('{ one }')).toEqual({ one: 1 });
    expect(asked).toEqual(['{ one }', '{ one }']);
  });

  it('is not told to change something twice', async () => {
    answers = [late, { data: { change: outcome } }];
    await expect(client().change('mutation { change OUTCOME }')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(asked).toHaveLength(1);
  });
});
