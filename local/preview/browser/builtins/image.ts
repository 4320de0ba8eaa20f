import { resolveFile } from '../files';
import type { Builtin } from './define';

const FIT: Record<string, [fit: string, position: string]> = {
  scaleToFill: ['fill', 'center'],
  aspectFit: ['contain', 'center'],
  aspectFill: ['cover', 'center'],
  widthFix: ['fill', 'center'],
  heightFix: ['fill', 'center'],
  top: ['none', 'top'],
  bottom: ['none', 'bottom'],
  center: ['none', 'center'],
  left: ['none', 'left'],
  right: ['none', 'right'],
  'top left': ['none', 'top left'],
  'top right': ['none', 'top right'],
  'bottom left': ['none', 'bottom left'],
  'bottom right': ['none', 'bottom right'],
};

export const image: Builtin = {
  properties: {
    src: String,
    mode: { type: String, value: 'scaleToFill' },
    lazyLoad: Boolean,
    webp: Boolean,
    showMenuByLongpress: Boolean,
  },
  withoutEffect: ['fadeIn', 'referrerPolicy', 'forceHttps', 'useHttpDns'],
  create(host) {
    const img = document.createElement('img');
    img.draggable = false;
    img.decoding = 'async';
    img.addEventListener('load', () => {
      host.emit('load', { width: img.naturalWidth, height: img.naturalHeight });
    });
    img.addEventListener('error', () => {
      host.emit('error', { errMsg: `image load fail: ${host.text('src')}` });
    });
    host.element.append(img);
    host.watch(['mode'], () => {
      const mode = host.text('mode');
      const [fit, position] = FIT[mode] ?? ['fill', 'center'];
      img.style.objectFit = fit;
      img.style.objectPosition = position;
      host.element.dataset['mode'] = mode;
    });
    host.watch(['lazyLoad'], () => {
      img.loading = host.on('lazyLoad') ? 'lazy' : 'eager';
    });
    host.watch(['ariaLabel', 'ariaHidden'], () => {
      img.alt = host.text('ariaLabel');
      // The picture itself carries the name.
      host.element.removeAttribute('aria-label');
    });
    host.watch(['src'], () => {
      const src = host.text('src');
      if (src === '') img.removeAttribute('src');
      else img.src = resolveFile(src, host.owner);
    });
  },
};
