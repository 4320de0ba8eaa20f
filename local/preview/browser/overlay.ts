import { el } from './dom';
import type { Problem } from './program';
import { text } from './settings';

const shown: string[] = [];

/** Shows mistakes over the page until it is dismissed or rebuilt; the newest comes first. */
function show(title: string, lines: string[]): void {
  document.querySelector('.pv-overlay')?.remove();
  const close = el(
    'button',
    { type: 'button', class: 'pv-overlay-close', onclick: dismiss },
    text('关闭', 'Close'),
  );
  const list = el('ol', {}, ...lines.map((line) => el('li', {}, line)));
  const head = el('div', { class: 'pv-overlay-head' }, el('strong', {}, title), close);
  document.body.append(el('section', { class: 'pv-overlay', role: 'alert' }, head, list));
}

function dismiss(): void {
  shown.length = 0;
  document.querySelector('.pv-overlay')?.remove();
}

/** Mistakes of the build, with file, line and column. */
export function showProblems(problems: Problem[]): void {
  show(
    text('小程序无法编译', 'The mini program does not compile'),
    problems.map((problem) => `${problem.file}:${problem.line}:${problem.column} ${problem.message}`),
  );
}

/** A mistake while the mini program runs. */
export function showError(message: string): void {
  if (shown[0] === message) return;
  shown.unshift(message);
  shown.length = Math.min(shown.length, 8);
  show(text('小程序出错了', 'The mini program failed'), shown);
}
