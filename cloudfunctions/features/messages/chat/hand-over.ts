import { orFault } from './say-fault';
import type { Reply } from './compose';
import { isStranger, linkTo, type Spoken } from './conversation';

/** "转人工 怎么退证", "librarian: my card is broken"; what follows is the question. */
const WANTED =
  /^(?:请|我要|帮我|麻烦)?(?:转人工(?:客服|服务)?|人工(?:客服|服务)?|找(?:人工|馆员|图书馆员)|(?:talk|speak) to a (?:human|librarian|person)|librarian|human)(?:吧|谢谢)?(?:$|[\s,，:：。.!！]+(.*)$)/isu;

/** Whether a librarian is wanted, and with what question; undefined when not. */
export function wantsLibrarian(text: string): { question: string | undefined } | undefined {
  const match = WANTED.exec(text.trim());
  if (match === null) return undefined;
  const question = (match[1] ?? '').trim();
  return { question: /[\p{L}\p{N}]/u.test(question) ? question : undefined };
}

/**
 * Gives a question to the library's staff as a ticket of the mini program, once for this push.
 * @returns and whether it is with them now
 */
export async function handOver(
  spoken: Spoken,
  question: string | undefined,
): Promise<{ reply: Reply; handed: boolean }> {
  const { words, context, services, pushId, desk } = spoken;
  const transfer = desk ? { transfer: true as const } : {};
  if (isStranger(spoken)) {
    const text = desk ? words.handDesk : `${words.handNotHere}\n${linkTo(spoken, 'write')}`;
    return { reply: { text, ...transfer }, handed: false };
  }
  if (question === undefined) {
    return { reply: { text: desk ? words.handDesk : words.handWhat, ...transfer }, handed: false };
  }
  let handed = false;
  const text = await orFault(spoken, async () => {
    const answer = await services.openTicket(context, { text: question, requestId: pushId });
    handed = answer.status === 'sent' || answer.status === 'unchecked';
    switch (answer.status) {
      case 'sent':
        return `${words.handedOn}\n${linkTo(spoken, 'tickets')}`;
      case 'unchecked':
        return `${words.handedOnUnchecked}\n${linkTo(spoken, 'tickets')}`;
      case 'rejected':
        return words.rejected;
      case 'tooMany':
        return `${words.handTooMany}\n${linkTo(spoken, 'tickets')}`;
      case 'badPicture':
        throw new Error('a picture of a ticket that has none');
    }
  });
  return { reply: { text, ...transfer }, handed };
}
