import type { BuiltinName } from '../builtin-names';
import { button, label, navigator } from './actions';
import { canvas } from './canvas';
import { checkbox, checkboxGroup, radio, radioGroup, switchBox } from './choices';
import { movableArea, movableView } from './movable';
import type { Builtin } from './define';
import { form } from './form';
import { image } from './image';
import { input, textarea } from './inputs';
import { icon, progress, richText } from './display';
import { matchMedia, navigationBar, pageMeta } from './page-parts';
import { picker } from './picker';
import { pickerView, pickerViewColumn } from './picker-view';
import { scrollView } from './scroll-view';
import { slider } from './slider';
import { swiper, swiperItem } from './swiper';

const plain: Builtin = {};

/** All built-ins by tag. */
export const builtins: Record<BuiltinName, Builtin> = {
  view: plain,
  'cover-view': { withoutEffect: ['scrollTop'] },
  text: {
    properties: {
      selectable: Boolean,
      userSelect: Boolean,
      space: String,
      decode: Boolean,
      maxLines: Number,
      overflow: String,
    },
    create(host) {
      host.watch(['selectable', 'userSelect'], () => {
        host.element.toggleAttribute('data-select', host.on('selectable') || host.on('userSelect'));
      });
      host.watch(['space'], () => {
        host.element.toggleAttribute('data-space', host.text('space') !== '');
      });
    },
  },
  button,
  label,
  navigator,
  input,
  textarea,
  image,
  'cover-image': image,
  'scroll-view': scrollView,
  swiper,
  'swiper-item': swiperItem,
  icon,
  progress,
  'rich-text': richText,
  checkbox,
  'checkbox-group': checkboxGroup,
  radio,
  'radio-group': radioGroup,
  switch: switchBox,
  slider,
  picker,
  'picker-view': pickerView,
  'picker-view-column': pickerViewColumn,
  form,
  canvas,
  'page-meta': pageMeta,
  'navigation-bar': navigationBar,
  'match-media': matchMedia,
  // The page is a containing block of its own, so fixed elements need no move out of it.
  'root-portal': { properties: { enable: { type: Boolean, value: true } } },
  'movable-area': movableArea,
  'movable-view': movableView,
};
