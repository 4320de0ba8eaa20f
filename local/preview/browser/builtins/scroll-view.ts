import { PullDown } from '../pull-down';
import type { Builtin } from './define';
import type { Host } from './host';

export const scrollView: Builtin = {
  properties: {
    scrollX: Boolean,
    scrollY: Boolean,
    upperThreshold: { type: Number, value: 50 },
    lowerThreshold: { type: Number, value: 50 },
    scrollTop: { type: null, value: undefined },
    scrollLeft: { type: null, value: undefined },
    scrollIntoView: String,
    scrollIntoViewOffset: Number,
    scrollWithAnimation: Boolean,
    enableFlex: Boolean,
    scrollAnchoring: Boolean,
    enhanced: Boolean,
    showScrollbar: { type: Boolean, value: true },
    pagingEnabled: Boolean,
    refresherEnabled: Boolean,
    refresherThreshold: { type: Number, value: 45 },
    refresherDefaultStyle: { type: String, value: 'black' },
    refresherBackground: String,
    refresherTriggered: Boolean,
  },
  withoutEffect: ['enableBackToTop', 'bounces', 'fastDeceleration', 'enablePassive', 'type', 'usingSticky'],
  create(host) {
    const { element } = host;
    host.watch(
      ['scrollX', 'scrollY', 'enableFlex', 'showScrollbar', 'scrollAnchoring', 'pagingEnabled'],
      () => {
        element.dataset['scroll'] = `${host.on('scrollX') ? 'x' : ''}${host.on('scrollY') ? 'y' : ''}`;
        if (element.dataset['scroll'] === '') delete element.dataset['scroll'];
        element.toggleAttribute('data-flex', host.on('enableFlex'));
        element.toggleAttribute('data-bare', !host.on('showScrollbar'));
        element.style.setProperty('overflow-anchor', host.on('scrollAnchoring') ? 'auto' : 'none');
        // A scrolling region without anything to focus inside must be reachable itself.
        if (host.on('scrollX') || host.on('scrollY'))
          element.tabIndex = element.tabIndex < 0 ? 0 : element.tabIndex;
      },
    );
    const move = (to: ScrollToOptions): void => {
      element.scrollTo({ ...to, behavior: host.on('scrollWithAnimation') ? 'smooth' : 'instant' });
    };
    host.watch(['scrollTop'], () => {
      if (host.get('scrollTop') !== undefined && host.get('scrollTop') !== '')
        move({ top: host.number('scrollTop') });
    });
    host.watch(['scrollLeft'], () => {
      if (host.get('scrollLeft') !== undefined && host.get('scrollLeft') !== '')
        move({ left: host.number('scrollLeft') });
    });
    host.watch(['scrollIntoView'], () => {
      const id = host.text('scrollIntoView');
      // The children of the same update may come only now.
      if (id)
        requestAnimationFrame(() => {
          scrollIntoView(host, id, move);
        });
    });
    reportScrolling(host);
    setUpRefresher(host);
  },
};

function scrollIntoView(host: Host, id: string, move: (to: ScrollToOptions) => void): void {
  const found = host.component.ownerShadowRoot?.querySelector(`#${id}`)?.getBackendElement();
  const target = found as unknown as HTMLElement | undefined;
  if (!target) return;
  const from = host.element.getBoundingClientRect();
  const to = target.getBoundingClientRect();
  const offset = host.number('scrollIntoViewOffset');
  if (host.on('scrollX')) move({ left: host.element.scrollLeft + to.left - from.left + offset });
  if (host.on('scrollY')) move({ top: host.element.scrollTop + to.top - from.top + offset });
}

function reportScrolling(host: Host): void {
  const { element } = host;
  let top = 0;
  let left = 0;
  let nearStart = true;
  let nearEnd = false;
  element.addEventListener('scroll', () => {
    const deltaX = left - element.scrollLeft;
    const deltaY = top - element.scrollTop;
    left = element.scrollLeft;
    top = element.scrollTop;
    const { scrollWidth, scrollHeight } = element;
    host.emit('scroll', { scrollLeft: left, scrollTop: top, scrollWidth, scrollHeight, deltaX, deltaY });
    const vertical = host.on('scrollY');
    const at = vertical ? top : left;
    const rest = vertical
      ? scrollHeight - element.clientHeight - top
      : scrollWidth - element.clientWidth - left;
    const start = at <= host.number('upperThreshold');
    const end = rest <= host.number('lowerThreshold');
    if (start && !nearStart) host.emit('scrolltoupper', { direction: vertical ? 'top' : 'left' });
    if (end && !nearEnd) host.emit('scrolltolower', { direction: vertical ? 'bottom' : 'right' });
    nearStart = start;
    nearEnd = end;
  });
}

function setUpRefresher(host: Host): void {
  let pullDown: PullDown | undefined;
  host.watch(['refresherEnabled'], () => {
    if (!host.on('refresherEnabled') || pullDown) return;
    pullDown = new PullDown(host.element, {
      threshold: () => host.number('refresherThreshold'),
      enabled: () => host.on('refresherEnabled'),
      onPull: (distance) => {
        host.emit('refresherpulling', { dy: distance });
      },
      onRefresh: () => {
        host.set('refresherTriggered', true);
        host.emit('refresherrefresh', {});
      },
      onRestore: () => {
        host.emit('refresherrestore', {});
      },
      onAbort: () => {
        host.emit('refresherabort', {});
      },
    });
  });
  host.watch(['refresherTriggered'], () => {
    if (!pullDown) return;
    if (host.on('refresherTriggered')) pullDown.start();
    else pullDown.stop();
  });
  host.watch(['refresherBackground'], () => {
    host.element.style.setProperty('--refresher', host.text('refresherBackground') || 'transparent');
  });
}
