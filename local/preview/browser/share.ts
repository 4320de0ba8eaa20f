import { phone } from './phone';
import { text } from './settings';
import { askShareChannel, copyLink, showShareCard, type ShareCard } from './ui/share-sheet';
import { menuShown } from './wx/open';

interface Offered extends Partial<ShareCard> {
  query?: string;
  promise?: Promise<Offered>;
}

/** The longest that WeChat waits for a promised card. */
const PROMISE_MS = 3000;

/** From a button or the menu: asks the page for its card and shows what the friend would get. */
export async function share(
  from: 'button' | 'menu',
  target?: { id: string; dataset: unknown },
): Promise<void> {
  const page = phone().router.top;
  if (!page) return;
  const offered = page.call('onShareAppMessage', { from, target }) as Offered | undefined;
  const card = await promised(offered);
  const image = card?.imageUrl;
  await showShareCard(
    {
      title: card?.title ?? page.navigationBar.titleText,
      path: card?.path ?? page.url,
      ...(image === undefined ? {} : { imageUrl: image }),
    },
    'chat',
  );
}

const promised = async (offered: Offered | undefined): Promise<Offered | undefined> => {
  if (!offered?.promise) return offered;
  const late = new Promise<Offered>((resolve) => setTimeout(resolve, PROMISE_MS, offered));
  return Promise.race([offered.promise.then((card) => ({ ...offered, ...card })), late]);
};

/** The capsule's menu. What a page does not offer is greyed, as in WeChat. */
export async function shareByUser(): Promise<void> {
  const page = phone().router.top;
  if (!page) return;
  const chat = typeof page.instance['onShareAppMessage'] === 'function' && menuShown('shareAppMessage');
  const timeline =
    chat && typeof page.instance['onShareTimeline'] === 'function' && menuShown('shareTimeline');
  const channel = await askShareChannel({ chat, timeline });
  if (channel === 'chat') await share('menu');
  else if (channel === 'link') await copyLink(page.url);
  else if (channel === 'timeline') {
    const offered = page.call('onShareTimeline') as Offered | undefined;
    const query = offered?.query ?? new URLSearchParams(page.options.query).toString();
    const image = offered?.imageUrl;
    await showShareCard(
      {
        title: offered?.title ?? text('小程序', 'Mini program'),
        path: `/${page.path}${query ? `?${query}` : ''}`,
        ...(image === undefined ? {} : { imageUrl: image }),
      },
      'timeline',
    );
  }
}
