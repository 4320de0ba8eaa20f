import type { TICKET_KINDS } from '../../contracts/feedback';
import { isRecord, readStored, removeStored, store } from './storage';

export type TicketKind = (typeof TICKET_KINDS)[number];

/** A picture that was uploaded for a ticket that is not sent yet. */
export interface DraftPicture {
  fileId: string;
  /** Where it lies on this phone, for as long as WeChat keeps it there */
  path: string;
  uploadedAt: number;
}

/** What a reader has written and not sent. */
export interface Draft {
  kind: TicketKind;
  text: string;
  pictures: DraftPicture[];
  /** That it was sent under a request id, and what it said then: its answer may have been lost */
  sent?: { requestId: string; content: string };
}

const KEY = 'feedback-drafts';
const KINDS: readonly TicketKind[] = ['question', 'problem', 'suggestion'];
/** The library lets go of pictures that stay unused for a day, ms. */
const PICTURES_KEPT_MS = 20 * 3_600_000;

/** @param about the ticket that it goes on with; empty for a new one */
export function keptDraft(about: string): Draft | undefined {
  const draft = all()[about];
  if (!isRecord(draft) || typeof draft['text'] !== 'string') return undefined;
  const kind = KINDS.find((one) => one === draft['kind']) ?? 'question';
  const pictures = Array.isArray(draft['pictures']) ? draft['pictures'].filter(isPicture) : [];
  const sent = draft['sent'];
  return {
    kind,
    text: draft['text'],
    pictures: pictures.filter(({ uploadedAt }) => Date.now() - uploadedAt < PICTURES_KEPT_MS),
    ...(isSent(sent) ? { sent } : {}),
  };
}

/** @returns false when the phone has no room for it */
export function keepDraft(about: string, draft: Draft): boolean {
  return store(KEY, { ...all(), [about]: draft });
}

export function forgetDraft(about: string): void {
  const rest = Object.fromEntries(Object.entries(all()).filter(([key]) => key !== about));
  if (Object.keys(rest).length === 0) removeStored(KEY);
  else store(KEY, rest);
}

/** How often the phone was told to keep nothing, since the app was started. */
let clearings = 0;
export const draftClearings = (): number => clearings;

/** To be told when the phone is to keep nothing. */
export function forgetDrafts(): void {
  clearings++;
  removeStored(KEY);
}

function all(): Record<string, unknown> {
  const stored = readStored(KEY);
  return isRecord(stored) ? stored : {};
}

function isPicture(value: unknown): value is DraftPicture {
  const { fileId, path, uploadedAt } = isRecord(value) ? value : {};
  return typeof fileId === 'string' && typeof path === 'string' && typeof uploadedAt === 'number';
}

function isSent(value: unknown): value is NonNullable<Draft['sent']> {
  return isRecord(value) && typeof value['requestId'] === 'string' && typeof value['content'] === 'string';
}
