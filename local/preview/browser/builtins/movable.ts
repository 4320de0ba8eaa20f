import type { Builtin } from './define';

export const movableArea: Builtin = { withoutEffect: ['scaleArea'] };

/** A view that is dragged inside its movable-area. */
export const movableView: Builtin = {
  properties: {
    direction: { type: String, value: 'none' },
    x: { type: Number, value: 0 },
    y: { type: Number, value: 0 },
    disabled: Boolean,
    outOfBounds: Boolean,
    inertia: Boolean,
    animation: { type: Boolean, value: true },
  },
  withoutEffect: ['damping', 'friction'],
  create(host) {
    const { element } = host;
    let at = { x: 0, y: 0 };
    const place = (x: number, y: number, source: string): void => {
      const area = element.closest('wx-movable-area');
      const limit = (value: number, room: number): number =>
        host.on('outOfBounds') ? value : Math.max(Math.min(0, room), Math.min(Math.max(0, room), value));
      const next = {
        x: limit(x, (area?.clientWidth ?? 0) - element.offsetWidth),
        y: limit(y, (area?.clientHeight ?? 0) - element.offsetHeight),
      };
      if (next.x === at.x && next.y === at.y) return;
      at = next;
      element.style.transform = `translate(${at.x}px, ${at.y}px)`;
      host.emit('change', { ...at, source });
    };
    host.watch(['x', 'y'], () => {
      requestAnimationFrame(() => {
        place(host.number('x'), host.number('y'), '');
      });
    });
    element.addEventListener('pointerdown', (down) => {
      const direction = host.text('direction');
      if (host.on('disabled') || direction === 'none') return;
      element.setPointerCapture(down.pointerId);
      const from = { ...at };
      const move = (event: PointerEvent): void => {
        const dx = direction === 'vertical' ? 0 : event.clientX - down.clientX;
        const dy = direction === 'horizontal' ? 0 : event.clientY - down.clientY;
        place(from.x + dx, from.y + dy, 'touch');
      };
      element.addEventListener('pointermove', move);
      element.addEventListener(
        'lostpointercapture',
        () => {
          element.removeEventListener('pointermove', move);
        },
        { once: true },
      );
    });
  },
};
