import { NotInPreview } from './errors';

/** What the page in the phone tells the frame around it. */
export const OPEN_CHAT = 'preview.open-chat';

/** A button with open-type contact was tapped: customer service stands beside the phone; without the frame there is none. */
export function openChat(): void {
  if (parent === window) throw new NotInPreview('<button open-type="contact"> outside of the frame');
  parent.postMessage(OPEN_CHAT, location.origin);
}
