import { el } from '../dom';
import { resolveFile } from '../files';
import { text } from '../settings';
import { button, openDialog } from './dialog';
import { showToast } from './toast';

export interface ShareCard {
  title: string;
  /** Path with query, within the mini program. */
  path: string;
  imageUrl?: string;
}

export type ShareChannel = 'chat' | 'timeline' | 'link';

/** The menu behind the capsule's dots. */
export function askShareChannel(offers: {
  chat: boolean;
  timeline: boolean;
}): Promise<ShareChannel | undefined> {
  const title = text('更多', 'More');
  return openDialog<ShareChannel | undefined>({
    label: title,
    kind: 'sheet',
    dismissed: { value: undefined },
    content: (close) => {
      const row = (label: string, channel: ShareChannel, enabled: boolean): HTMLElement => {
        const choice = el(
          'button',
          {
            type: 'button',
            class: 'pv-row',
            onclick: () => {
              close(channel);
            },
          },
          label,
        );
        choice.disabled = !enabled;
        return choice;
      };
      return [
        row(text('发送给朋友', 'Send to a friend'), 'chat', offers.chat),
        row(text('分享到朋友圈', 'Share to Moments'), 'timeline', offers.timeline),
        row(text('复制链接', 'Copy the link'), 'link', true),
        el(
          'button',
          {
            type: 'button',
            class: 'pv-row pv-cancel',
            onclick: () => {
              close(undefined);
            },
          },
          text('取消', 'Cancel'),
        ),
      ];
    },
  });
}

/** What the friend would get: the card and the address that it opens. */
export function showShareCard(card: ShareCard, channel: 'chat' | 'timeline'): Promise<void> {
  const heading =
    channel === 'chat'
      ? text('发给朋友的卡片', 'The card a friend gets')
      : text('朋友圈里的样子', 'As seen in Moments');
  return openDialog<void>({
    label: heading,
    kind: 'sheet',
    dismissed: { value: undefined },
    content: (close) => [
      el('h2', {}, heading),
      el(
        'article',
        { class: 'pv-card' },
        el('strong', {}, card.title),
        ...(card.imageUrl ? [el('img', { src: resolveFile(card.imageUrl, ''), alt: '' })] : []),
        el('code', {}, card.path),
      ),
      el(
        'div',
        { class: 'pv-actions' },
        button(text('复制链接', 'Copy the link'), 'plain', () => void copyLink(card.path)),
        button(text('完成', 'Done'), 'main', () => {
          close();
        }),
      ),
    ],
  });
}

export async function copyLink(path: string): Promise<void> {
  const link = `${location.origin}/app#/${path.replace(/^\//, '')}`;
  await navigator.clipboard.writeText(link);
  showToast({ title: text('链接已复制', 'Link copied'), duration: 1500 });
}
