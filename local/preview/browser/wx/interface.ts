import { type OpenPage, phone } from '../phone';
import type { TabBar, TabBarStyle } from '../tab-bar';
import { hideToast, showToast, type ToastOptions } from '../ui/toast';
import { askAction, askModal, type ModalOptions } from '../ui/questions';
import { asyncCall } from './call';

function page(): OpenPage {
  const top = phone().router.top;
  if (!top) throw new Error('page not found');
  return top;
}

function tabBar(): TabBar {
  const { tabBar: bar } = phone().router;
  if (!bar) throw new Error('not TabBar page');
  return bar;
}

interface At {
  index: number;
}

export const interfaceCalls = {
  showToast: asyncCall<ToastOptions>(
    'showToast',
    ['title', 'icon', 'image', 'duration', 'mask'],
    (options) => {
      showToast({ duration: 1500, ...options });
    },
  ),
  hideToast: asyncCall<{ noConflict?: boolean }>('hideToast', ['noConflict'], hideToast),
  showLoading: asyncCall<{ title: string; mask?: boolean }>('showLoading', ['title', 'mask'], (options) => {
    showToast({
      title: options.title,
      icon: 'loading',
      ...(options.mask === undefined ? {} : { mask: options.mask }),
    });
  }),
  hideLoading: asyncCall<{ noConflict?: boolean }>('hideLoading', ['noConflict'], hideToast),
  showModal: asyncCall<ModalOptions>(
    'showModal',
    [
      'title',
      'content',
      'showCancel',
      'cancelText',
      'cancelColor',
      'confirmText',
      'confirmColor',
      'editable',
      'placeholderText',
    ],
    askModal,
  ),
  showActionSheet: asyncCall<{ itemList: string[]; alertText?: string; itemColor?: string }>(
    'showActionSheet',
    ['itemList', 'alertText', 'itemColor'],
    async ({ itemList, alertText, itemColor }) => {
      if (itemList.length > 6) throw new Error('parameter error: itemList should not be large than 6');
      const tapIndex = await askAction(itemList, alertText, itemColor);
      if (tapIndex === undefined) throw new Error('cancel');
      return { tapIndex };
    },
  ),
  setNavigationBarTitle: asyncCall<{ title: string }>('setNavigationBarTitle', ['title'], ({ title }) => {
    page().navigationBar.setTitle(title);
    document.title = title;
  }),
  setNavigationBarColor: asyncCall<{ frontColor?: string; backgroundColor?: string; animation?: object }>(
    'setNavigationBarColor',
    ['frontColor', 'backgroundColor', 'animation'],
    ({ frontColor, backgroundColor }) => {
      page().navigationBar.setColors({
        ...(frontColor ? { front: frontColor } : {}),
        ...(backgroundColor ? { background: backgroundColor } : {}),
      });
    },
  ),
  showNavigationBarLoading: asyncCall('showNavigationBarLoading', [], () => {
    page().navigationBar.setLoading(true);
  }),
  hideNavigationBarLoading: asyncCall('hideNavigationBarLoading', [], () => {
    page().navigationBar.setLoading(false);
  }),
  hideHomeButton: asyncCall('hideHomeButton', [], () => {
    page().navigationBar.element.querySelector('.pv-back')?.remove();
  }),
  setBackgroundColor: asyncCall<{
    backgroundColor?: string;
    backgroundColorTop?: string;
    backgroundColorBottom?: string;
  }>(
    'setBackgroundColor',
    ['backgroundColor', 'backgroundColorTop', 'backgroundColorBottom'],
    ({ backgroundColor, backgroundColorTop }) => {
      const color = backgroundColor ?? backgroundColorTop;
      if (color) page().body.style.setProperty('--pull', color);
    },
  ),
  setBackgroundTextStyle: asyncCall<{ textStyle: string }>('setBackgroundTextStyle', ['textStyle'], () => {}),
  setTabBarItem: asyncCall<At & { text?: string; iconPath?: string; selectedIconPath?: string }>(
    'setTabBarItem',
    ['index', 'text', 'iconPath', 'selectedIconPath'],
    ({ index, ...change }) => {
      tabBar().change(index, change);
    },
  ),
  setTabBarStyle: asyncCall<TabBarStyle>(
    'setTabBarStyle',
    ['color', 'selectedColor', 'backgroundColor', 'borderStyle'],
    (style) => {
      tabBar().setStyle(style);
    },
  ),
  setTabBarBadge: asyncCall<At & { text: string }>('setTabBarBadge', ['index', 'text'], ({ index, text }) => {
    tabBar().change(index, { badge: text });
  }),
  removeTabBarBadge: asyncCall<At>('removeTabBarBadge', ['index'], ({ index }) => {
    tabBar().change(index, { badge: '' });
  }),
  showTabBarRedDot: asyncCall<At>('showTabBarRedDot', ['index'], ({ index }) => {
    tabBar().change(index, { dot: true });
  }),
  hideTabBarRedDot: asyncCall<At>('hideTabBarRedDot', ['index'], ({ index }) => {
    tabBar().change(index, { dot: false });
  }),
  showTabBar: asyncCall<{ animation?: boolean }>('showTabBar', ['animation'], () => {
    tabBar().element.hidden = false;
  }),
  hideTabBar: asyncCall<{ animation?: boolean }>('hideTabBar', ['animation'], () => {
    tabBar().element.hidden = true;
  }),
  startPullDownRefresh: asyncCall('startPullDownRefresh', [], () => {
    page().startPullDown();
  }),
  stopPullDownRefresh: asyncCall('stopPullDownRefresh', [], () => {
    page().stopPullDown();
  }),
  pageScrollTo: asyncCall<{ scrollTop?: number; duration?: number; selector?: string; offsetTop?: number }>(
    'pageScrollTo',
    ['scrollTop', 'duration', 'selector', 'offsetTop'],
    ({ scrollTop, duration = 300, selector, offsetTop = 0 }) => {
      const { body, instance } = page();
      const behavior = duration > 0 ? 'smooth' : 'instant';
      if (selector === undefined) {
        body.scrollTo({ top: scrollTop ?? 0, behavior });
        return;
      }
      const target = elementIn(instance, selector);
      if (!target) throw new Error(`can't find element by selector ${selector}`);
      const top =
        body.scrollTop + target.getBoundingClientRect().top - body.getBoundingClientRect().top + offsetTop;
      body.scrollTo({ top, behavior });
    },
  ),
  hideKeyboard: asyncCall('hideKeyboard', [], () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }),
  nextTick: (run: () => void): void => {
    queueMicrotask(run);
  },
};

interface Instance {
  _$?: {
    getShadowRoot(): { querySelector(selector: string): { getBackendElement(): unknown } | null } | null;
  };
}

function elementIn(instance: object, selector: string): Element | undefined {
  const found = (instance as Instance)._$?.getShadowRoot()?.querySelector(selector)?.getBackendElement();
  return found instanceof Element ? found : undefined;
}
