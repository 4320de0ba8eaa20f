import type { Telling } from '../../../stores/message-outbox';

/** What a message has to say now; `untrue`: nothing any more; `cannotAsk`: the library does not tell, or not without the reader. */
export type Current = Pick<Telling, 'body' | 'keys' | 'bibIds'> | 'untrue' | 'cannotAsk';
