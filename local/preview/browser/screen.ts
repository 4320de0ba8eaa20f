import { el, icon } from './dom';
import { phone } from './phone';
import { text } from './settings';

/** The phone's screen: status bar, capsule and home indicator around the pages. */
export function buildScreen(openMenu: () => void): HTMLElement {
  const clock = el('time', { class: 'pv-clock', 'aria-hidden': 'true' });
  const showTime = (): void => {
    clock.textContent = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  };
  showTime();
  setInterval(showTime, 10_000);
  const battery = el('span', { class: 'pv-battery', 'aria-hidden': 'true' });
  const dots = el(
    'button',
    { type: 'button', 'aria-label': text('更多', 'More'), onclick: openMenu },
    icon('M5 12h.01', 'M12 12h.01', 'M19 12h.01'),
  );
  const close = el(
    'button',
    {
      type: 'button',
      'aria-label': text('回到首页', 'Home'),
      onclick: () => {
        phone().router.goHome();
      },
    },
    icon('M12 4a8 8 0 1 0 .01 0', 'M12 10a2 2 0 1 0 .01 0'),
  );
  const screen = el(
    'div',
    { class: 'pv-screen' },
    el('div', { class: 'pv-status' }, clock, battery),
    el('div', { class: 'pv-capsule' }, dots, close),
  );
  document.body.prepend(screen);
  return screen;
}
