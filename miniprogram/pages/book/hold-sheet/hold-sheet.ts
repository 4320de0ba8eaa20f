import type { Hold, HoldTarget, Step } from '../../../../contracts/holds';
import { fill } from '../../../i18n/index';
import { yuan } from '../../../lib/money';
import { asFault, call } from '../../../services/api';
import { offerAt, prepareReminders } from '../../../services/ask-to-remind';
import { denialWords } from '../../../services/denial-words';
import { deskChanged } from '../../../services/desk-changes';
import { faultNotice } from '../../../services/fault-notice';
import { openCardPage, openOnboarding } from '../../../services/navigate';
import { toast } from '../../../services/phone';
import { ui, texts } from '../../../services/ui';
import { writeOnce } from '../../../services/write-once';

type State =
  | 'working'
  | 'choose'
  | 'check'
  | 'confirm'
  | 'done'
  | 'watched'
  | 'refused'
  | 'unknown'
  | 'error'
  | 'unbound';
type Denial = Extract<Step, { status: 'refused' }>;

interface Words {
  title: string;
  /** Lines below it */
  lines: string[];
}

const NO_WORDS: Words = { title: '', lines: [] };
/** Refusals after which waiting for the book still makes sense. */
const WATCHABLE: Denial['code'][] = ['NOT_HOLDABLE', 'TOO_MANY_HOLDS', 'UNSUPPORTED', 'OTHER'];

/** Places a hold step by step, as the library asks: where to, whether really, done or why not. */
Component({
  options: { pureDataPattern: /^_/ },
  properties: {
    visible: {
      type: Boolean,
      value: false,
      observer(visible: boolean) {
        if (visible) this.begin();
      },
    },
    bibId: String,
    /** A certain copy; empty for any of the title */
    itemId: String,
  },
  data: {
    ...ui('hold'),
    state: 'working' as State,
    words: NO_WORDS,
    places: [] as { code: string; name: string }[],
    canWatch: false,
    /** There is a hold already: the list of holds shows it */
    held: false,
    /** The place was refused, not the hold */
    badPlace: false,
    /** The onboarding comes first: its page is offered */
    learnFirst: false,
    learnWords: texts().onboarding.name,
    _pickup: '',
  },
  methods: {
    begin() {
      this.data._pickup = '';
      this.setData({
        ...ui('hold'),
        places: [],
        canWatch: false,
        held: false,
        badPlace: false,
        learnFirst: false,
        learnWords: texts().onboarding.name,
      });
      void this.ask(false);
    },

    target(): HoldTarget {
      const { bibId, itemId } = this.data;
      return itemId === '' ? { bibId } : { itemId };
    },

    /** One step; taps while it runs and a second try after a lost answer are the same request. */
    async ask(agreed: boolean) {
      this.setData({ state: 'working', words: NO_WORDS });
      const target = this.target();
      const { _pickup: pickup } = this.data;
      try {
        const step = await writeOnce(`hold ${JSON.stringify(target)} ${pickup} ${agreed}`, (requestId) =>
          call('holds.place', {
            target,
            requestId,
            ...(pickup === '' ? {} : { pickup }),
            ...(agreed ? { confirm: true } : {}),
          }),
        );
        this.follow(step);
      } catch (error) {
        if (asFault(error).code === 'CARD_NOT_BOUND') this.setData({ state: 'unbound' });
        else {
          const { title, hint, note } = faultNotice(error);
          this.say('error', title, [hint, note]);
        }
      }
    },

    follow(step: Step) {
      const { hold: t } = texts();
      switch (step.status) {
        case 'choose':
          this.setData({ state: 'choose', places: step.options, words: { title: t.choose, lines: [] } });
          return;
        case 'confirm': {
          const fee = step.feeCents === undefined ? '' : fill(t.fee, { amount: yuan(step.feeCents) });
          this.say('confirm', t.title, [step.text, fee]);
          return;
        }
        case 'done':
          deskChanged();
          this.showDone(step.hold);
          return;
        case 'refused': {
          const { title, hint, quote } = denialWords(step);
          this.setData({
            canWatch: WATCHABLE.includes(step.code),
            held: step.code === 'DUPLICATE',
            badPlace: step.code === 'BAD_PICKUP',
            learnFirst: step.code === 'ONBOARDING_REQUIRED',
          });
          this.say('refused', title, [quote, hint]);
          if (this.data.canWatch) void prepareReminders().catch(() => undefined);
          return;
        }
        default:
          deskChanged();
          this.say('unknown', t.unknown, [t.unknownHint]);
      }
    },

    showDone(hold: Hold | undefined) {
      const { hold: t } = texts();
      const position = hold?.position === undefined ? '' : fill(t.donePosition, { n: hold.position });
      const pickup = hold?.pickup === undefined ? '' : fill(t.donePickup, { place: hold.pickup.name });
      this.say('done', t.done, [position, pickup, t.doneHint]);
    },

    say(state: State, title: string, lines: string[]) {
      this.setData({ state, words: { title, lines: lines.filter((line) => line !== '') } });
    },

    /** A place was chosen: nothing is placed before the reader has seen it once more. */
    onPlace(event: WechatMiniprogram.BaseEvent<object, { code: string }>) {
      const { code } = event.currentTarget.dataset;
      const { hold: t } = texts();
      this.data._pickup = code;
      const place = this.data.places.find((other) => other.code === code)?.name ?? '';
      this.say('check', t.title, [fill(t.donePickup, { place })]);
    },

    onCheck() {
      void this.ask(false);
    },

    onConfirm() {
      void this.ask(true);
    },

    onRetry() {
      void this.ask(false);
    },

    onBack() {
      this.data._pickup = '';
      // without a list of places the library is asked for one
      if (this.data.places.length === 0) void this.ask(false);
      else this.setData({ state: 'choose', words: { title: texts().hold.choose, lines: [] } });
    },

    async onWatch() {
      try {
        await call('holds.watch', { bibId: this.data.bibId, on: true });
        this.showWatched();
      } catch (error) {
        toast(faultNotice(error).title);
      }
    },

    /** The sheet stays for as long as there is something to offer. */
    showWatched() {
      const { hold: t } = texts();
      if (offerAt('watched') !== undefined) {
        this.say('watched', t.watchOn, []);
        return;
      }
      toast(t.watchOn);
      this.onClose();
    },

    onSeeHolds() {
      this.onClose();
      openCardPage('holds');
    },

    onLearn() {
      this.onClose();
      openOnboarding('overview');
    },

    onBind() {
      this.onClose();
      openCardPage('bind');
    },

    onClose() {
      this.triggerEvent('close');
    },
  },
});
