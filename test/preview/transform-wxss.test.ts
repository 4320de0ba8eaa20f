import fc from 'fast-check';
import postcss from 'postcss';
import { transformWxss, type StyleTarget } from '../../local/preview/build/transform-wxss';
import { phoneUnits } from '../../local/preview/browser/phone-units';

const transform = (wxss: string, target: StyleTarget = {}): string =>
  transformWxss(postcss.parse(wxss), target).toString();

describe('WXSS for the browser', () => {
  it('turns rpx, vw and vh into parts of the screen of the phone', () => {
    expect(transform('a { width: 750rpx; margin: -1.5rpx .5rpx; height: calc(100vh - 20rpx) }')).toBe(
      'a { width: calc(750 * var(--rpx)); margin: calc(-1.5 * var(--rpx)) calc(.5 * var(--rpx)); height: calc(calc(100 * var(--vh)) - calc(20 * var(--rpx))) }',
    );
  });

  it('leaves units alone that are part of a name, a colour or a number of another unit', () => {
    const same = 'a { animation: move-20rpx 1s; color: #100vh; width: var(--10rpx); height: 12px }';
    expect(transform(same)).toBe(same);
  });

  it('halves rpx in conditions, which cannot calculate', () => {
    expect(transform('@media (min-width: 700rpx) { a { color: red } }')).toContain('(min-width: 350px)');
  });

  it('gives built-in tags and page their elements', () => {
    expect(transform('page view > text.a, .b button::after { color: red }')).toBe(
      'wx-body wx-view > wx-text.a, .b wx-button::after { color: red }',
    );
  });

  it('prefixes the classes of an isolated component and finds its host', () => {
    expect(transform(':host(.x) .a.b, :host { color: red }', { scope: 'c3' })).toContain('.c3--a.c3--b');
    expect(transform(':host { color: red }', { scope: 'c3' })).toBe('[wx-host=c3] { color: red }');
  });

  it('keeps the style of a page in that page without making it stronger', () => {
    expect(transform('.a, page { color: red }', { page: 'pages/a/a' })).toBe(
      ':where(wx-body[data-page="pages/a/a"]) .a, wx-body:where(wx-body[data-page="pages/a/a"]) { color: red }',
    );
  });

  it('lets the switch of the frame decide on dark mode', () => {
    expect(transform('@media (prefers-color-scheme: dark) { .a, .b { color: red } }').trim()).toBe(
      ':where(html[data-theme="dark"]) .a, :where(html[data-theme="dark"]) .b { color: red }',
    );
    expect(transform('@media (prefers-color-scheme: dark) and (min-width: 10px) { a { color: red } }')).toBe(
      '@media (min-width: 10px) { :where(html[data-theme="dark"]) a { color: red } }',
    );
  });

  it('does not touch the steps of an animation', () => {
    const same = '@keyframes text { from { opacity: 0 } to { opacity: 1 } }';
    expect(transform(same, { scope: 'c1', page: 'p' })).toBe(same);
  });

  it('reads the safe area from the phone', () => {
    expect(transform('a { padding-bottom: env(safe-area-inset-bottom) }')).toBe(
      'a { padding-bottom: var(--safe-bottom, 0px) }',
    );
  });

  it('translates every rpx length and nothing twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), (value) => {
        const once = phoneUnits(`${value}rpx`);
        expect(once).toBe(`calc(${value} * var(--rpx))`);
        expect(phoneUnits(once)).toBe(once);
      }),
    );
  });
});
