import { randomUUID } from 'node:crypto';
import { MESSAGE_KINDS } from '../../../../contracts/messages/kinds';
import { LibraryFault } from '../../../../library-systems/library-fault';
import { currentMessageSettings, templateFor } from '../../../stores/message-settings';
import { dropPlanned, giveUp, putOff, takeDue, tell, type Telling } from '../../../stores/message-outbox';
import { findPreferences } from '../../../stores/message-preferences';
import { findPause } from '../../../stores/message-work';
import type { MessageDocument } from '../../../stores/messages';
import { fillTemplate } from '../templates/fill-template';
import { checkAgain } from './check-again';
import type { Current } from './current';
import { ANNOUNCED, isAskedOfLibrary } from './kinds';
import type { Asked, Run } from './run';
import { sendTold, type Ready } from './send-told';

const SLICE = 25;
const MINUTE = 60_000;
const FIRST_PAUSE = 5 * MINUTE;
const LONGEST_PAUSE = 60 * MINUTE;
/** Less time than this is not enough to tell a message and to hear what became of it, ms. */
const SHORTEST = 4_000;

/** Tells what is due, the most urgent first, as long as it is day, and asks the library again right before. */
export async function tellDue(run: Run): Promise<void> {
  const { context, time } = run;
  while (time.isLeft() && run.hours().isDay) {
    const now = context.now();
    run.pause = await findPause(now);
    // what is announced need not wait for a library that is away
    const kinds = run.isAway ? ANNOUNCED : MESSAGE_KINDS;
    const taken = await takeDue(randomUUID(), { now, kinds, limit: SLICE });
    if (taken.length === 0) return;
    if ((await run.forEach(byReader(taken), (some) => tellInTurn(run, some))) === 'late') return;
  }
}

/** Messages of one reader stay in their order: of two that share a permission, the more urgent gets it. */
function byReader(messages: readonly MessageDocument[]): MessageDocument[][] {
  const readers = new Map<string, MessageDocument[]>();
  for (const message of messages) {
    const some = readers.get(message.owner);
    if (some) some.push(message);
    else readers.set(message.owner, [message]);
  }
  return [...readers.values()];
}

async function tellInTurn(run: Run, messages: readonly MessageDocument[]): Promise<Asked> {
  let asked: Asked = 'unasked';
  for (const message of messages) {
    const ended = await tellOne(run, message);
    if (ended !== 'unasked') asked = ended;
  }
  return asked;
}

async function tellOne(run: Run, message: MessageDocument): Promise<Asked> {
  const { context } = run;
  const asOf = context.now();
  let current: Current;
  try {
    current = await checkAgain(run, message);
  } catch (error) {
    if (!(error instanceof LibraryFault)) throw error;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(message.tries, 8));
    await putOff(message, context.now() + pause);
    run.count('away');
    return 'away';
  }
  if (current === 'untrue' || current === 'cannotAsk') {
    // what the library has said stands in the inbox as it was told; what is announced has been taken back
    const stays = message.at !== undefined && (current === 'cannotAsk' || isAskedOfLibrary(message.kind));
    await (stays ? giveUp(message, current === 'untrue' ? 'outdated' : 'failed') : dropPlanned(message));
    run.count(current);
  } else if (run.time.left() < SHORTEST || !run.hours().isDay) {
    // the library took its time
    await putOff(message, context.now());
  } else
    await tellNow(run, message, {
      ...current,
      asOf: isAskedOfLibrary(message.kind) ? asOf : (message.asOf ?? asOf),
    });
  return current === 'cannotAsk' || !isAskedOfLibrary(message.kind) ? 'unasked' : 'answered';
}

type Saying = Omit<Telling, 'by'>;

async function tellNow(run: Run, message: MessageDocument, saying: Saying): Promise<void> {
  const { context } = run;
  const now = context.now();
  const { by, filled } = await chooseWay(run, message, saying, now);
  const told = await tell(context.desk(), message, { ...saying, by }, now);
  run.count(`told.${told}`);
  if (told === 'again') await putOff(message, now);
  else if (told === 'sending' && filled) await sendTold(run, message, filled);
}

/** By which template a message goes out, filled in; or why it does not, or not yet. */
async function chooseWay(
  { site, pause }: Run,
  { owner, kind }: MessageDocument,
  { body }: Saying,
  now: number,
): Promise<{ by: Telling['by']; filled?: Ready }> {
  const settings = await currentMessageSettings(now);
  const template = templateFor(settings, kind);
  if (!template) return { by: { instead: 'inboxOnly' } };
  const { off, language } = await findPreferences(owner);
  if (off.includes(kind)) return { by: { instead: 'switchedOff' } };
  const { until } = pause;
  if (until !== undefined && until > now) return { by: { instead: 'waiting', due: until } };
  const { name: libraryName, timeZone } = site;
  const filled = fillTemplate(template, body, { language, libraryName, timeZone, at: now });
  return {
    by: { template: template.id },
    filled: { ...filled, template: template.id, language, state: settings.opens },
  };
}
