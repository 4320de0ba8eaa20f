import { LibraryFault } from '../../../library-systems/library-fault';
import { toCents } from '../../../library-systems/sip2/money';
import { readDate } from '../../../library-systems/sip2/times';
import { CHARSETS } from '../../../library-systems/sip2/wire/charset';
import { FrameReader } from '../../../library-systems/sip2/wire/frames';
import { openEnvelope, parseAnswer } from '../../../library-systems/sip2/wire/parse-answer';
import { readConversation } from '../../support/replay-sip2';
import type { FuzzTarget } from '../target';

const corpus = ['koha', 'koha-passwords', 'evergreen-sipserver']
  .flatMap((name) => readConversation(name))
  .map(({ answer }) => Buffer.from(`${answer}\r`));

/** What a SIP2 server could say: everything is an answer, a fault of the library, or passed over. */
export const sip2: FuzzTarget = {
  name: 'sip2',
  corpus,
  feed: (input) => {
    const reader = new FrameReader();
    const cut = (input[0] ?? 0) % (input.length + 1);
    const frames = [
      ...reader.push(input.subarray(0, cut)),
      ...reader.push(input.subarray(cut)),
      ...reader.push(Buffer.of(13)),
    ];
    for (const frame of frames) {
      try {
        const envelope = openEnvelope(frame);
        const answer = parseAnswer(envelope, CHARSETS[input.length % CHARSETS.length]!);
        for (const id of ['AH', 'CM', 'PA', 'BV', 'CC']) {
          for (const value of answer.fields.get(id) ?? []) {
            const date = readDate(value, 'Asia/Shanghai', 'UTC');
            if (date !== undefined && !/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$/.test(date)) {
              throw new Error(`read a date as ${date}`);
            }
            const cents = toCents(value);
            if (cents !== undefined && !(Number.isSafeInteger(cents) && cents >= 0))
              throw new Error(`read ${cents} cents`);
          }
        }
      } catch (error) {
        if (!(error instanceof LibraryFault)) throw error;
      }
    }
  },
};
