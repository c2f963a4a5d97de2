import type { Admin, Kafka } from 'kafkajs';

/** Runs work with an admin connection of its own, which ends with it. Throws what the client does. */
export const withConnection = async <T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
};
