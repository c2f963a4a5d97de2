import { KafkaConnection, int32 } from './sasl-connection.js';
import { storeIsWritable } from './store-hello.js';
import type { Principal } from './stack.js';

const METADATA = 3;

/** Resolves true once this principal is let in and the cluster lists a broker open for business; throws otherwise. */
export async function brokerAnswers(brokers: string[], principal: Principal): Promise<boolean> {
  const connection = await KafkaConnection.open(brokers[0] ?? '', principal);
  try {
    // Version 1, about no topic; the answer begins with the count of brokers. One still fenced is not among them.
    return (await connection.request(METADATA, 1, int32(0))).readInt32BE(0) > 0;
  } finally {
    connection.close();
  }
}

/** Resolves true once the store takes writes; throws when it is away. */
export async function storeAnswers(mongoUrl: string): Promise<boolean> {
  const { protocol, host, search } = new URL(mongoUrl.replace(/,[^/?]*/, ''));
  // Names to be looked up and TLS are the driver's business: the services, which have it, wait for such a store
  // themselves.
  if (protocol !== 'mongodb:' || /[?&](tls|ssl)=true/.test(search)) return true;
  const [name = '', port = '27017'] = host.split(':');
  return storeIsWritable(name, Number(port));
}
