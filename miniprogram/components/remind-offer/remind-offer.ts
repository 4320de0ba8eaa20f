import type { Moment } from '../../../contracts/messages/kinds';
import {
  askToRemind,
  declineReminders,
  offerAt,
  prepareReminders,
  type Offer,
} from '../../services/ask-to-remind';
import { openSubscriptionSettings } from '../../services/subscriptions';
import { texts, ui } from '../../services/ui';
import { askedWords } from './asked-words';

type State = 'none' | 'offer' | 'asking' | 'told';

/**
 * Offers a message in WeChat where it is worth one, as small as can be: a line with a button. Shows nothing where nothing
 * can be offered, and nothing more after the reader has said no.
 */
Component({
  options: { pureDataPattern: /^_/ },
  properties: {
    /** Which of PROMPTS it is */
    moment: {
      type: String,
      observer() {
        void this.load();
      },
    },
    /** Without a card around it: within a sheet or a card of others */
    plain: Boolean,
  },
  data: {
    ...ui('remind'),
    state: 'none' as State,
    title: '',
    words: '',
    canOpenSettings: false,
    _offer: null as Offer | null,
  },
  lifetimes: {
    attached() {
      void this.load();
    },
  },
  pageLifetimes: {
    show() {
      if (this.data.state !== 'asking') void this.load();
    },
  },
  methods: {
    async load() {
      const moment = this.data.moment as Exclude<Moment, 'settings'> | '';
      if (moment === '') return;
      try {
        await prepareReminders();
      } catch {
        // An offer only: without an answer there is none.
        return;
      }
      const offer = offerAt(moment);
      const { state } = this.data;
      // what was said of a tap stays until the page is left
      if (state === 'asking' || (state === 'told' && offer === undefined)) return;
      this.data._offer = offer ?? null;
      this.setData({
        ...ui('remind'),
        title: texts().remind.moments[moment],
        state: offer === undefined ? 'none' : 'offer',
      });
    },

    /** WeChat asks only within the tap: nothing may be awaited before. */
    async onYes() {
      const { _offer: offer, state } = this.data;
      if (offer === null || state !== 'offer') return;
      const answer = askToRemind(offer);
      this.setData({ state: 'asking' });
      const { words, settings } = askedWords(await answer, texts());
      this.setData({ state: 'told', words, canOpenSettings: settings });
    },

    onNo() {
      declineReminders(this.data.moment as Moment);
      this.setData({ state: 'none' });
    },

    onSettings() {
      void openSubscriptionSettings();
    },
  },
});
