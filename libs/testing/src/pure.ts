import type { Asked, Envelope, Heard, Reaction, Typed, View } from '#libs/model';

/** A message as heard, with an envelope of test values. */
export const heard = <M extends Typed>(message: M, envelope: Partial<Envelope> = {}): Heard<M> => ({
  message,
  envelope: {
    id: '00000000-0000-5000-8000-000000000002',
    type: message.type,
    source: 'test',
    subject: 'test',
    time: Date.UTC(2026, 10, 2, 10, 0),
    tenant: 'acme',
    ...envelope,
  },
});

/** `hearing(reaction).of(fact).asks(request…)` */
export const hearing = <F extends Typed, R extends Typed, S>(reaction: Reaction<F, R, S>, settings?: S) => ({
  of: (fact: F, envelope: Partial<Envelope> = {}) => {
    const asked: Asked<R>[] = reaction.react(heard(fact, envelope), settings);
    return {
      asks: (...requests: R[]) => expect(asked.map(({ request }) => request)).toEqual(requests),
      asked,
    };
  },
});

/** `showing(view).of(fact, fact…)` -> documents by key. */
export const showing = <Doc, F extends Typed>(view: View<Doc, F>) => ({
  of: (...facts: (F | Heard<F>)[]): Record<string, Doc> => {
    const docs: Record<string, Doc> = {};
    for (const one of facts) {
      const told = 'envelope' in one ? one : heard(one);
      for (const key of view.keys(told)) {
        const next = view.show(docs[key], told, key);
        if (next === undefined) delete docs[key];
        else docs[key] = next;
      }
    }
    return docs;
  },
});
