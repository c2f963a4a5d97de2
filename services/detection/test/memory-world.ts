import type { FindingRaised } from '#contracts';
import { fromRecord, toRecord, type OutRecord } from '#libs/events';
import { Fault, type Envelope } from '#libs/model';
import type { Out } from '#libs/service';
import type { Checkpoint } from '#libs/store';
import { at } from './domain-samples.js';

/** For specs. Whatever the process dies of, these stay: what was sent, and the checkpoints. */
export class MemoryWorld {
  now = at;
  sent: OutRecord[] = [];
  committed: string[] = [];
  aside: string[] = [];
  failing = 0;
  checkpoint: Checkpoint | undefined;
  epoch = 0;

  out: Out = {
    send: async (records) => {
      if (records.length > 0 && this.failing-- > 0) throw new Fault('the broker is away');
      this.sent.push(...records);
    },
    record: (tenant, message, envelope) =>
      toRecord(
        {
          source: 'detection',
          subject: message.type,
          time: this.now,
          ...envelope,
          type: message.type,
          tenant,
        } as Envelope,
        message,
      ),
    setAside: async (_record, code) => void this.aside.push(code),
  };

  store = {
    claimCheckpoint: async () => ({ epoch: (this.epoch += 1), checkpoint: this.checkpoint }),
    loadCheckpoint: async () => this.checkpoint && { ...this.checkpoint, epoch: this.epoch },
    saveCheckpoint: async (one: Checkpoint) => {
      if (one.epoch < this.epoch || (this.checkpoint && BigInt(this.checkpoint.offset) > BigInt(one.offset)))
        return false;
      this.checkpoint = one;
      return true;
    },
  };

  said<M>(type: string): M[] {
    return this.sent
      .filter(({ headers }) => headers.ce_type === type)
      .map((record) => fromRecord({ ...record, partition: 0, offset: '0', timestamp: 0 }).message as M);
  }
  ids(): string[] {
    return this.said<FindingRaised>('finding.raised').map(({ findingId }) => findingId);
  }
}
