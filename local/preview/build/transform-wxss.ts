import type { AtRule, Root } from 'postcss';
import selectorParser from 'postcss-selector-parser';
import { BUILTIN_NAMES } from '../browser/builtin-names';
import { phoneUnits } from '../browser/phone-units';

export interface StyleTarget {
  /** Prefix of every class: an isolated component. */
  scope?: string;
  /** Only inside this page: the style sheet of a page does not reach another page. */
  page?: string;
}

const builtins = new Set<string>(BUILTIN_NAMES);

/**
 * WXSS as the browser takes it. rpx, vw and vh follow the phone's screen and not the browser's window; built-in tags
 * become `wx-…`; `page` is the page's scrolling body; `:host` the component's own element; dark mode follows the
 * switch of the preview and not the browser's preference alone.
 */
export function transformWxss(root: Root, target: StyleTarget): Root {
  root.walkDecls((decl) => {
    decl.value = phoneUnits(decl.value).replace(
      /(?:env|constant)\(\s*safe-area-inset-(top|right|bottom|left)\s*(?:,[^)]*)?\)/g,
      'var(--safe-$1, 0px)',
    );
  });
  root.walkAtRules((rule) => {
    rule.params = rule.params.replace(
      /(-?(?:\d*\.)?\d+)rpx/g,
      (_, value: string) => `${Number(value) / 2}px`,
    );
  });
  root.walkRules((rule) => {
    const parent = rule.parent;
    if (parent?.type === 'atrule' && /keyframes$/i.test((parent as AtRule).name)) return;
    rule.selector = selectorParser((selectors) => {
      rewriteSelectors(selectors, target);
    }).processSync(rule.selector);
  });
  root.walkAtRules('media', unwrapTheme);
  return root;
}

function rewriteSelectors(selectors: selectorParser.Root, target: StyleTarget): void {
  selectors.walkTags((tag) => {
    if (tag.value === 'page') tag.value = 'wx-body';
    else if (builtins.has(tag.value)) tag.value = `wx-${tag.value}`;
  });
  const scope = target.scope;
  if (scope !== undefined) {
    selectors.walkClasses((name) => {
      name.value = `${scope}--${name.value}`;
    });
  }
  selectors.walkPseudos((pseudo) => {
    if (pseudo.value !== ':host') return;
    const host = selectorParser.attribute({
      attribute: 'wx-host',
      operator: '=',
      value: scope ?? '',
      quoteMark: '"',
      raws: {},
    });
    pseudo.replaceWith(host);
  });
  if (target.page !== undefined) {
    const inPage = `:where(wx-body[data-page="${target.page}"])`;
    selectors.each((selector) => {
      const { first } = selector;
      if (first.type === 'tag' && first.value === 'wx-body') selector.insertAfter(first, pseudoOf(inPage));
      else selector.prepend(pseudoOf(`${inPage} `));
    });
  }
}

const pseudoOf = (value: string): selectorParser.Pseudo => selectorParser.pseudo({ value });

/** `@media (prefers-color-scheme: dark)` becomes a condition on the root element, so that the frame can switch it. */
function unwrapTheme(media: AtRule): void {
  const match = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/i.exec(media.params);
  if (!match?.[1] || media.params.includes(',')) return;
  const when = `:where(html[data-theme="${match[1].toLowerCase()}"])`;
  media.walkRules((rule) => {
    rule.selectors = rule.selectors.map((selector) => `${when} ${selector}`);
  });
  const rest = media.params
    .replace(match[0], '')
    .replace(/^\s*and\s+|\s+and\s*$/gi, '')
    .replace(/\s+and\s+and\s+/gi, ' and ')
    .trim();
  if (rest === '' || /^(screen|all)$/i.test(rest)) media.replaceWith(media.nodes ?? []);
  else media.params = rest;
}
