import { phoneUnits } from '../phone-units';
import { type OpenPage, phone } from '../phone';
import { readSettings } from '../settings';
import type { Builtin } from './define';
import type { Host } from './host';

const pageOf = (host: Host): OpenPage | undefined => phone().router.pageOfElement(host.element);

export const pageMeta: Builtin = {
  properties: {
    backgroundTextStyle: String,
    backgroundColor: String,
    backgroundColorTop: String,
    backgroundColorBottom: String,
    rootBackgroundColor: String,
    pageStyle: String,
    rootFontSize: String,
    pageFontSize: String,
    scrollTop: { type: null, value: undefined },
    scrollDuration: { type: Number, value: 300 },
  },
  withoutEffect: ['pageOrientation'],
  create(host) {
    host.watch(['backgroundColor', 'rootBackgroundColor', 'pageStyle'], () => {
      const page = pageOf(host);
      if (!page) return;
      if (host.text('backgroundColor')) page.element.style.background = host.text('backgroundColor');
      page.body.setAttribute('style', phoneUnits(host.text('pageStyle')));
      if (host.text('rootBackgroundColor'))
        page.body.style.backgroundColor = host.text('rootBackgroundColor');
    });
    host.watch(['rootFontSize', 'pageFontSize'], () => {
      const size = (name: string): string => {
        const value = host.text(name);
        return value === 'system' ? `${readSettings().textSize}px` : value;
      };
      if (size('rootFontSize')) document.documentElement.style.fontSize = size('rootFontSize');
      const page = pageOf(host);
      if (page && size('pageFontSize')) page.body.style.fontSize = size('pageFontSize');
    });
    host.watch(['scrollTop'], () => {
      if (host.get('scrollTop') === undefined) return;
      const behavior = host.number('scrollDuration') > 0 ? 'smooth' : 'instant';
      pageOf(host)?.body.scrollTo({ top: host.number('scrollTop'), behavior });
    });
    host.watch([], () => {
      const page = pageOf(host);
      page?.body.addEventListener('scroll', () => {
        host.emit('scroll', { scrollTop: page.body.scrollTop });
      });
    });
  },
};

export const navigationBar: Builtin = {
  properties: { title: String, loading: Boolean, frontColor: String, backgroundColor: String },
  withoutEffect: ['colorAnimationDuration', 'colorAnimationTimingFunc'],
  create(host) {
    host.watch(['title', 'loading', 'frontColor', 'backgroundColor'], () => {
      const bar = pageOf(host)?.navigationBar;
      if (!bar) return;
      if (host.text('title')) bar.setTitle(host.text('title'));
      bar.setLoading(host.on('loading'));
      const colors: { front?: string; background?: string } = {};
      if (host.text('frontColor')) colors.front = host.text('frontColor');
      if (host.text('backgroundColor')) colors.background = host.text('backgroundColor');
      bar.setColors(colors);
    });
  },
};

export const matchMedia: Builtin = {
  properties: {
    minWidth: Number,
    maxWidth: Number,
    width: Number,
    minHeight: Number,
    maxHeight: Number,
    height: Number,
    orientation: String,
  },
  create(host) {
    const update = (): void => {
      const { width, height } = phone().screen();
      const limits: [string, (limit: number) => boolean][] = [
        ['minWidth', (limit) => width >= limit],
        ['maxWidth', (limit) => width <= limit],
        ['width', (limit) => width === limit],
        ['minHeight', (limit) => height >= limit],
        ['maxHeight', (limit) => height <= limit],
        ['height', (limit) => height === limit],
      ];
      const fits = limits.every(([name, test]) => host.number(name) === 0 || test(host.number(name)));
      const orientation = host.text('orientation');
      const turned = orientation === '' || orientation === (width > height ? 'landscape' : 'portrait');
      host.element.toggleAttribute('hidden', !(fits && turned));
    };
    host.watch(['minWidth', 'maxWidth', 'width', 'minHeight', 'maxHeight', 'height', 'orientation'], update);
    addEventListener('resize', update);
    host.onDetach(() => {
      removeEventListener('resize', update);
    });
  },
};
