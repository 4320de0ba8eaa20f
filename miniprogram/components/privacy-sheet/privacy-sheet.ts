import { openPrivacyGuidelines } from '../../services/phone';
import { answerPrivacy, onPrivacyQuestion } from '../../services/privacy';
import { ui } from '../../services/ui';

const stops = new WeakMap<object, () => void>();

/** Asks for consent when WeChat wants it; stands on every page that uses such an ability. */
Component({
  data: { ...ui('consent'), visible: false },
  lifetimes: {
    attached() {
      this.listen();
    },
    detached() {
      stops.get(this)?.();
    },
  },
  pageLifetimes: {
    show() {
      this.listen();
    },
    hide() {
      stops.get(this)?.();
    },
  },
  methods: {
    /** Only the page in front asks. */
    listen() {
      stops.get(this)?.();
      stops.set(
        this,
        onPrivacyQuestion(() => this.setData({ ...ui('consent'), visible: true })),
      );
    },
    onRead() {
      openPrivacyGuidelines();
    },
    onAgree() {
      this.setData({ visible: false });
      answerPrivacy(true, 'privacy-agree');
    },
    onRefuse() {
      this.setData({ visible: false });
      answerPrivacy(false, '');
    },
  },
});
