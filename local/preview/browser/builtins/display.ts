import { NotInPreview } from '../errors';
import type { Builtin } from './define';
import { renderNodes } from './rich-nodes';

const GLYPHS: Record<string, [glyph: string, color: string]> = {
  success: ['✓', '#09bb07'],
  success_no_circle: ['✓', '#09bb07'],
  info: ['i', '#10aeff'],
  warn: ['!', '#f76260'],
  waiting: ['◔', '#10aeff'],
  cancel: ['✕', '#f43530'],
  download: ['↓', '#09bb07'],
  search: ['⌕', '#b2b2b2'],
  clear: ['✕', '#b2b2b2'],
};

export const icon: Builtin = {
  properties: { type: String, size: { type: null, value: 23 }, color: String },
  create(host) {
    host.watch(['type', 'size', 'color'], () => {
      const known = GLYPHS[host.text('type')];
      if (!known) throw new NotInPreview(`<icon type="${host.text('type')}">`);
      const [glyph, color] = known;
      const size = host.text('size');
      host.element.textContent = glyph;
      host.element.style.setProperty('--icon', host.text('color') || color);
      host.element.style.setProperty('--size', /^[\d.]+$/.test(size) ? `${size}px` : size);
      host.element.toggleAttribute('data-plain', /no_circle|download|search/.test(host.text('type')));
    });
  },
};

export const progress: Builtin = {
  properties: {
    percent: { type: Number, value: 0 },
    showInfo: Boolean,
    borderRadius: { type: null, value: 0 },
    fontSize: { type: null, value: 16 },
    strokeWidth: { type: null, value: 6 },
    color: String,
    activeColor: { type: String, value: '#09bb07' },
    backgroundColor: { type: String, value: '#ebebeb' },
    active: Boolean,
    activeMode: { type: String, value: 'backwards' },
    duration: { type: Number, value: 30 },
  },
  create(host) {
    const bar = document.createElement('span');
    const fill = document.createElement('span');
    const info = document.createElement('span');
    bar.className = 'pv-bar';
    bar.append(fill);
    host.element.append(bar, info);
    host.element.setAttribute('role', 'progressbar');
    host.watch(
      [
        'percent',
        'showInfo',
        'strokeWidth',
        'color',
        'activeColor',
        'backgroundColor',
        'active',
        'duration',
        'borderRadius',
      ],
      () => {
        const percent = Math.min(100, Math.max(0, host.number('percent')));
        host.element.setAttribute('aria-valuenow', String(percent));
        bar.style.height = `${host.number('strokeWidth')}px`;
        bar.style.background = host.text('backgroundColor');
        bar.style.borderRadius = `${host.number('borderRadius')}px`;
        fill.style.background = host.text('color') || host.text('activeColor');
        fill.style.transition = host.on('active')
          ? `width ${percent * host.number('duration')}ms linear`
          : 'none';
        fill.style.width = `${percent}%`;
        info.textContent = host.on('showInfo') ? `${percent}%` : '';
      },
    );
    fill.addEventListener('transitionend', () => {
      host.emit('activeend', { curPercent: host.number('percent') });
    });
  },
};

export const richText: Builtin = {
  properties: { nodes: null, space: String, userSelect: Boolean, mode: String },
  create(host) {
    const content = document.createElement('div');
    host.element.append(content);
    host.watch(['nodes'], () => {
      content.replaceChildren(...renderNodes(host.get('nodes')));
    });
  },
};
