import type { Card, MineOutput, PassOutput } from '../../../../contracts/cards';
import { fill } from '../../../i18n/index';
import { momentText } from '../../../lib/dates';
import { asFault, call } from '../../../services/api';
import { forgetPass, keepPass, keptPass } from '../../../services/card-pass';
import { denialWords, type DenialWords } from '../../../services/denial-words';
import { deskChanged } from '../../../services/desk-changes';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { goBack, replaceWithCardPage } from '../../../services/navigate';
import { confirm, endPullDown, screenSize, toast } from '../../../services/phone';
import { brighten, dimAgain } from '../../../services/screen-light';
import { language } from '../../../services/settings';
import { refreshUi, texts, ui } from '../../../services/ui';
import { cardFacts, passView, type PassView } from './card-view';

type State = 'loading' | 'ready' | 'unbound' | 'error';

/** Room that the page and the plate leave on both sides. */
const MARGINS_PX = 72;
const NO_PASS: PassView = { image: '', width: 0, height: 0, number: '', name: '', maskedName: '' };

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('card'),
    shelf: texts().shelf,
    state: 'loading' as State,
    fault: NO_FAULT,
    pass: NO_PASS,
    facts: [] as { label: string; value: string }[],
    blocks: [] as DenialWords[],
    asOf: '',
    offline: false,
    /** There is no barcode on this phone and none came */
    noPass: false,
    revealed: false,
    leaving: false,
    _pass: undefined as PassOutput | undefined,
    _card: undefined as Card | undefined,
    _asOf: '',
  },

  methods: {
    onLoad() {
      this.showPass(keptPass());
      void this.load();
    },

    onShow() {
      const changed = refreshUi(this, 'card', 'card');
      if (changed) {
        this.setData({ shelf: texts().shelf });
        this.showPass(this.data._pass);
      }
      void brighten();
    },

    onHide() {
      this.setData({ revealed: false });
      void dimAgain();
    },

    onUnload() {
      void dimAgain();
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      try {
        const { card } = await call('cards.mine', {});
        if (card === undefined) {
          this.showUnbound();
          return;
        }
        this.showCard(card);
        const pass = await call('cards.pass', {});
        keepPass(pass);
        this.showPass(pass);
      } catch (error) {
        this.showFailure(error);
      }
    },

    showUnbound() {
      forgetPass();
      this.setData({ state: 'unbound', pass: NO_PASS, facts: [], blocks: [] });
    },

    showCard(card: NonNullable<MineOutput['card']>) {
      this.data._card = card;
      this.data._asOf = card.asOf;
      this.setData({ state: 'ready', offline: card.state === 'stale', blocks: card.blocks.map(denialWords) });
      this.showFacts();
    },

    showPass(pass: PassOutput | undefined) {
      if (pass === undefined) return;
      this.data._pass = pass;
      if (this.data._asOf === '') this.data._asOf = pass.asOf;
      const { windowWidth, pixelRatio } = screenSize();
      this.setData({
        state: 'ready',
        noPass: false,
        pass: passView(pass, windowWidth - MARGINS_PX, pixelRatio),
      });
      this.showFacts();
    },

    showFacts() {
      const { _card: card, _pass: pass, _asOf: asOf, offline } = this.data;
      const { card: t, common } = texts();
      const from = card ?? pass;
      if (from === undefined) return;
      const time = momentText(asOf, language());
      const words = !offline ? common.asOf : pass === undefined ? common.staleAsOf : t.offlineAsOf;
      this.setData({ facts: cardFacts(from, texts(), language()), asOf: fill(words, { time }) });
    },

    /** Without a network the barcode of this phone stays; a card that is bound no longer goes. */
    showFailure(error: unknown) {
      const { code } = asFault(error);
      if (code === 'CARD_NOT_BOUND') this.showUnbound();
      else if (this.data.state === 'ready') {
        this.setData({ offline: true, noPass: this.data._pass === undefined });
        this.showFacts();
      } else this.setData({ state: 'error', fault: faultNotice(error) });
    },

    onReveal() {
      this.setData({ revealed: !this.data.revealed });
    },

    onNotice() {
      if (this.data.state === 'unbound') replaceWithCardPage('bind');
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },

    async onUnbind() {
      const { card: t, common } = texts();
      if (this.data.leaving) return;
      if (!(await confirm({ text: t.unbindAsk, yes: t.unbindYes, no: common.cancel }))) return;
      this.setData({ leaving: true });
      try {
        await call('cards.unbind', {});
        forgetPass();
        deskChanged();
        toast(t.unbound);
        goBack();
      } catch (error) {
        toast(faultNotice(error).title);
      } finally {
        this.setData({ leaving: false });
      }
    },
  },
});
