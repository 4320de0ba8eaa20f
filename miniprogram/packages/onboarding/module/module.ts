import { fill } from '../../../i18n/index';
import { swipeOf, type Touch } from '../../../lib/swipe';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { backToOnboarding, openCardPage, queryText, replaceWithOnboarding } from '../../../services/navigate';
import { onKey, scrollToTop } from '../../../services/phone';
import { language } from '../../../services/settings';
import { refreshUi, texts, ui } from '../../../services/ui';
import type { LearningModule } from '../content/module';
import { readProgress, rememberProgress, type ModuleProgress } from '../progress';
import { findModule, inLanguage } from '../words';
import { cardView, valuesOf, type CardView, type Told } from './fill-card';
import { nextAfter, NO_NEXT } from './next-chapter';
import { readTold } from './read-told';

type State = 'reading' | 'exercise' | 'end' | 'absent';
/** How it stands with telling the server that the chapter was read */
type Keeping = 'nothing' | 'keeping' | 'kept' | 'failed' | 'unbound';

const NO_CARD: CardView = {
  id: '',
  title: '',
  paragraphs: [],
  points: [],
  remember: '',
  picture: '',
  alt: '',
};
/** The chapter that ends with books to be put in order. */
const WITH_EXERCISE = 'call-numbers';

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('learning'),
    bindWords: texts().onboarding.bind,
    state: 'reading' as State,
    title: '',
    card: NO_CARD,
    at: 0,
    of: 0,
    placeWords: '',
    keeping: 'nothing' as Keeping,
    fault: NO_FAULT,
    next: NO_NEXT,
    hasExercise: false,
    _id: '',
    _told: {} as Told,
    _progress: [] as readonly ModuleProgress[],
    /** Cards seen, from the first on */
    _seen: 0,
    _reported: 0,
    _touch: null as Touch | null,
    _stopKeys: null as (() => void) | null,
  },

  methods: {
    onLoad(query: { module?: string }) {
      this.data._id = queryText(query.module);
      const module = this.module();
      if (module === undefined) {
        this.setData({ state: 'absent' });
        return;
      }
      this.setData({ of: module.cards.length, hasExercise: module.id === WITH_EXERCISE });
      this.show(0);
      void this.begin(module);
    },

    onShow() {
      if (refreshUi(this, 'learning', 'onboarding')) {
        this.setData({ bindWords: texts().onboarding.bind });
        this.show(this.data.at);
        this.showNext();
      }
      // a card may have been bound meanwhile
      if (this.data.keeping === 'unbound') void this.keep();
      this.data._stopKeys?.();
      this.data._stopKeys = onKey((key) => {
        if (key === 'ArrowRight') this.onNext();
        else if (key === 'ArrowLeft') this.onPrevious();
      });
    },

    onHide() {
      this.leave();
    },

    onUnload() {
      this.leave();
    },

    /** Where one was is told when the page is left; that all was read, at once. */
    leave() {
      this.data._stopKeys?.();
      this.data._stopKeys = null;
      const { _seen: seen, _reported: reported, keeping } = this.data;
      if (keeping === 'nothing' && seen > reported) void this.report().catch(() => undefined);
    },

    module(): LearningModule | undefined {
      return findModule(this.data._id);
    },

    /** Goes to where one was, and fills in what the library tells. Both are extras: the cards are here already. */
    async begin(module: LearningModule) {
      await Promise.all([this.findPlace(), this.fillIn(module)]);
    },

    async findPlace() {
      try {
        this.data._progress = await readProgress();
      } catch {
        // Without it the chapter begins at its first card.
        return;
      }
      const mine = this.data._progress.find(({ module }) => module === this.data._id);
      if (mine === undefined) return;
      if (mine.read || mine.again) {
        // read from the beginning; a place in it is not kept
        this.data._reported = this.data.of;
        if (mine.read && !mine.again) this.setData({ keeping: 'kept' });
        this.showNext();
        return;
      }
      this.data._reported = mine.cards;
      this.data._seen = Math.max(this.data._seen, mine.cards);
      // a reader who has turned the page meanwhile stays there
      if (this.data.at === 0 && mine.cards > 1) this.show(Math.min(mine.cards, this.data.of) - 1);
    },

    async fillIn(module: LearningModule) {
      this.data._told = await readTold(module);
      this.show(this.data.at);
    },

    show(at: number) {
      const module = this.module();
      const card = module?.cards[at];
      if (module === undefined || card === undefined) return;
      const { learning: t } = texts();
      const of = module.cards.length;
      this.data._seen = Math.max(this.data._seen, at + 1);
      this.setData({
        at,
        title: inLanguage(module.title, language()),
        card: cardView(card, valuesOf(this.data._told, language()), language()),
        placeWords: fill(t.place, { n: at + 1, of }),
      });
      if (at === of - 1 && this.data.keeping === 'nothing') void this.keep();
    },

    onNext() {
      const { state, at, of, hasExercise } = this.data;
      if (state === 'reading' && at < of - 1) this.turn(at + 1);
      else if (state === 'reading' && hasExercise) this.setState('exercise');
      else if (state !== 'end' && state !== 'absent') this.setState('end');
    },

    onPrevious() {
      const { state, at, of, hasExercise } = this.data;
      if (state === 'reading' && at > 0) this.turn(at - 1);
      else if (state === 'end' && hasExercise) this.setState('exercise');
      else if (state === 'end' || state === 'exercise') {
        this.setState('reading');
        this.show(of - 1);
      }
    },

    turn(at: number) {
      this.show(at);
      scrollToTop();
    },

    setState(state: State) {
      this.setData({ state });
      scrollToTop();
    },

    onTouchStart(event: WechatMiniprogram.TouchEvent) {
      this.data._touch = event.touches.length === 1 ? (event.touches[0] ?? null) : null;
    },

    onTouchEnd(event: WechatMiniprogram.TouchEvent) {
      const way = swipeOf(this.data._touch, event.changedTouches[0]);
      this.data._touch = null;
      if (way === 'next') this.onNext();
      else if (way === 'previous') this.onPrevious();
    },

    /** Tells the server that all was read: the paper asks for it. */
    async keep() {
      this.setData({ keeping: 'keeping' });
      try {
        await this.report();
        this.setData({ keeping: 'kept' });
      } catch (error) {
        const unbound = asFault(error).code === 'CARD_NOT_BOUND';
        this.setData({ keeping: unbound ? 'unbound' : 'failed', fault: faultNotice(error) });
      }
      this.showNext();
    },

    async report() {
      const { _id: id, _seen: seen, of } = this.data;
      const cards = Math.min(seen, of);
      const module = id as ModuleProgress['module'];
      const { modules } = await call('onboarding.read', { module, cards, of });
      this.data._reported = cards;
      this.data._progress = modules;
      rememberProgress(modules);
    },

    showNext() {
      this.setData({ next: nextAfter(this.data._id, this.data._progress, texts(), language()) });
    },

    onKeepAgain() {
      if (this.data.keeping === 'unbound') openCardPage('bind');
      else void this.keep();
    },

    onGoOn() {
      const { target, module } = this.data.next;
      if (target === 'module') replaceWithOnboarding('module', { module });
      else if (target === 'paper') replaceWithOnboarding('paper');
      else backToOnboarding();
    },

    onOverview() {
      backToOnboarding();
    },
  },
});
