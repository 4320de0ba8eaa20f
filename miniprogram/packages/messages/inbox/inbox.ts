import type { InboxItem, InboxOutput } from '../../../../contracts/messages/actions';
import { fill } from '../../../i18n/index';
import { momentText } from '../../../lib/dates';
import { askedWords } from '../../../components/remind-offer/asked-words';
import { asFault, call } from '../../../services/api';
import { askToRemind, offerFor, prepareReminders, type Offer } from '../../../services/ask-to-remind';
import { deskState } from '../../../services/desk-changes';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { knownMessageSettings } from '../../../services/message-settings';
import { openCardPage, openMessages } from '../../../services/navigate';
import { endPullDown, toast } from '../../../services/phone';
import { language } from '../../../services/settings';
import { texts } from '../../../services/ui';
import { rememberUnread } from '../../../services/unread-messages';
import { messagesUi, refreshMessagesUi } from '../messages-ui';
import { messagesWords, say } from '../words/index';
import { kindsToAllow, messageLines, type MessageLine } from './inbox-view';
import { leadTo } from './lead-to';
import { MOST_IDS, Removal } from './removal';
import { findSeen } from './seen';

type State = 'loading' | 'ready' | 'unbound' | 'error';
type Tap = WechatMiniprogram.BaseEvent<object, { id: string }>;

/** How long the list is shown again without asking, ms. */
const FRESH_MS = 60_000;
/** A scroll is looked at when it has rested so long, ms. */
const REST_MS = 250;

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...messagesUi('inbox'),
    state: 'loading' as State,
    fault: NO_FAULT,
    lines: [] as MessageLine[],
    unread: 0,
    unreadWords: '',
    staleWords: '',
    /** There is something that WeChat can be asked for, so that the next message of its kind reaches it */
    canAllow: false,
    /** What WeChat said to that */
    toldWords: '',
    /** What was just removed and can be taken back; empty where there is nothing */
    removedWords: '',
    editing: false,
    chosenCount: 0,
    chosenWords: '',
    allChosen: false,
    reading: false,
    moreFailed: false,
    atEnd: false,
    working: false,
    _items: [] as InboxItem[],
    _next: undefined as string | undefined,
    _readAt: 0,
    _desk: -1,
    _chosen: [] as string[],
    _seen: [] as string[],
    _offer: null as Offer | null,
    _removal: null as Removal | null,
    _timer: 0,
    /** Grows with every fresh start, so that a late page of an older list is not added */
    _round: 0,
  },

  methods: {
    onLoad() {
      this.data._removal = new Removal({
        changed: () => this.show(),
        removed: (ids, unread) => {
          this.data._items = this.data._items.filter(({ id }) => !ids.includes(id));
          this.setUnread(unread);
        },
        failed: (error) => {
          toast(faultNotice(error).title);
          this.show();
          // the answer may be lost of what is done
          void this.load();
        },
      });
    },

    onShow() {
      if (refreshMessagesUi(this, 'inbox')) this.show();
      const isOld = Date.now() - this.data._readAt > FRESH_MS || this.data._desk !== deskState();
      if (isOld && !this.data.editing) void this.load();
      else this.show();
    },

    onHide() {
      void this.data._removal?.finish();
      void this.tellSeen();
    },

    onUnload() {
      clearTimeout(this.data._timer);
      void this.data._removal?.finish();
      void this.tellSeen();
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      this.data._round += 1;
      const round = this.data._round;
      this.data._desk = deskState();
      // what can be allowed stands beside a message; without it the message says as much as it can
      const settings = prepareReminders().catch(() => undefined);
      try {
        const answer = await call('messages.inbox', {});
        await settings;
        if (round === this.data._round) this.begin(answer);
      } catch (error) {
        if (round === this.data._round) this.showFailure(error);
      }
    },

    begin({ items, next, unread }: InboxOutput) {
      this.data._items = items;
      this.data._next = next;
      this.data._readAt = Date.now();
      rememberUnread(unread);
      this.setData({ staleWords: '', toldWords: '', moreFailed: false, unread });
      this.show();
    },

    /** What is shown already stays, with its time. */
    showFailure(error: unknown) {
      const readAt = this.data._readAt;
      if (asFault(error).code === 'CARD_NOT_BOUND') this.setData({ state: 'unbound' });
      else if (this.data.state !== 'ready') this.setData({ state: 'error', fault: faultNotice(error) });
      else {
        const { stale } = messagesWords(language()).inbox;
        this.setData({ staleWords: fill(stale, { time: momentText(readAt, language()) }) });
        toast(faultNotice(error).title);
      }
    },

    show() {
      const { _items: all, _chosen: chosen, _removal: removal } = this.data;
      if (this.data._readAt === 0) return;
      const items = this.shown();
      const hiddenUnread = all.filter(({ id, read }) => !read && removal?.hides(id) === true).length;
      const unread = this.data.unread - hiddenUnread;
      const removing = removal?.count ?? 0;
      const words = messagesWords(language());
      const { inbox: t } = words;
      const settings = knownMessageSettings();
      this.data._offer = offerFor(kindsToAllow(items, settings), 'settings') ?? null;
      const isUnbound = all.length === 0 && settings?.asking === 'noCard';
      this.setData({
        state: isUnbound ? 'unbound' : 'ready',
        lines: messageLines(items, { chosen, settings }, words, texts(), language()),
        unreadWords: unread === 0 ? t.noneUnread : say(t.unreadCount, { n: unread }),
        canAllow: this.data._offer !== null,
        removedWords: removing === 0 ? '' : say(t.removed, { n: removing }),
        atEnd: this.data._next === undefined,
        editing: this.data.editing && items.length > 0,
        chosenCount: chosen.length,
        chosenWords: say(t.selected, { n: chosen.length }),
        allChosen: items.length > 0 && chosen.length === items.length,
      });
      this.lookLater();
    },

    /** Without what the reader has removed. */
    shown(): InboxItem[] {
      return this.data._items.filter(({ id }) => this.data._removal?.hides(id) !== true);
    },

    onReachBottom() {
      void this.more();
    },

    onMore() {
      void this.more();
    },

    async more() {
      const { _next: before, _round: round, reading, state } = this.data;
      if (before === undefined || reading || state !== 'ready') return;
      this.setData({ reading: true, moreFailed: false });
      try {
        const { items, next, unread } = await call('messages.inbox', { before });
        if (round !== this.data._round) return;
        this.data._items = [...this.data._items, ...items];
        this.data._next = next;
        this.setUnread(unread);
      } catch {
        this.setData({ moreFailed: true });
      } finally {
        this.setData({ reading: false });
      }
    },

    setUnread(unread: number) {
      rememberUnread(unread);
      this.setData({ unread });
      this.show();
    },

    onPageScroll() {
      this.lookLater();
    },

    /** What was on the screen counts as read once the page is left: until then the reader sees what is new. */
    lookLater() {
      clearTimeout(this.data._timer);
      this.data._timer = setTimeout(() => void this.look(), REST_MS) as unknown as number;
    },

    async look() {
      const seen = await findSeen(this, '.message');
      this.data._seen = [...new Set([...this.data._seen, ...seen])];
    },

    async tellSeen() {
      const { _seen: seen } = this.data;
      const ids = this.shown()
        .filter(({ id, read }) => !read && seen.includes(id))
        .map(({ id }) => id);
      if (ids.length === 0) return;
      // the page below is shown before the answer comes, and counts what is known then
      rememberUnread(Math.max(0, this.data.unread - ids.length));
      await this.markRead(ids.slice(0, MOST_IDS));
    },

    async markRead(ids: string[]) {
      try {
        const { unread } = await call('messages.markRead', { ids });
        this.data._items = this.data._items.map((item) =>
          ids.includes(item.id) ? { ...item, read: true } : item,
        );
        this.setUnread(unread);
      } catch {
        // They stay unread, and are told of again.
        rememberUnread(this.data.unread);
      }
    },

    async onAllRead() {
      // what has come since this list was read stays unread
      const until = this.data._items[0]?.at;
      if (until === undefined) return;
      await this.work(async () => {
        const { unread } = await call('messages.markRead', { until });
        this.data._items = this.data._items.map((item) => ({ ...item, read: true }));
        this.setUnread(unread);
      });
    },

    onTap(event: Tap) {
      const { id } = event.currentTarget.dataset;
      if (this.data.editing) {
        this.choose(id);
        return;
      }
      const item = this.data._items.find((one) => one.id === id);
      if (item === undefined) return;
      this.data._seen.push(id);
      leadTo(item.body);
    },

    onBook(event: WechatMiniprogram.BaseEvent<object, { id: string; bibId: string }>) {
      const { id, bibId } = event.currentTarget.dataset;
      if (this.data.editing) this.choose(id);
      else leadTo({ kind: 'backOnShelf', total: 1, books: [{ title: '', bibId }] });
    },

    /** Must ask at once: WeChat lets it be asked only within the tap. */
    async onAllow() {
      const { _offer: offer, working } = this.data;
      if (offer === null || working) return;
      const answer = askToRemind(offer);
      await this.work(async () => {
        this.setData({ toldWords: askedWords(await answer, texts()).words });
        this.show();
      });
    },

    onLongPress(event: Tap) {
      if (this.data.editing) return;
      this.setEditing(true);
      this.choose(event.currentTarget.dataset.id);
    },

    onEdit() {
      this.setEditing(!this.data.editing);
    },

    setEditing(editing: boolean) {
      // its bar takes the place of the one that takes back
      if (editing) void this.data._removal?.finish();
      this.data._chosen = [];
      this.setData({ editing });
      this.show();
    },

    choose(id: string) {
      const { _chosen: chosen } = this.data;
      this.data._chosen = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
      this.show();
    },

    onChooseAll() {
      const { allChosen } = this.data;
      this.data._chosen = allChosen ? [] : this.shown().map(({ id }) => id);
      this.show();
    },

    onRemove() {
      const ids = this.data._chosen;
      if (ids.length === 0) return;
      this.setEditing(false);
      this.data._removal?.begin(ids);
      if (this.shown().length === 0) void this.more();
    },

    onUndo() {
      this.data._removal?.undo();
    },

    /** One thing at a time; what fails says so and leaves the page as it is. */
    async work(task: () => Promise<void>) {
      if (this.data.working) return;
      this.setData({ working: true });
      try {
        await task();
      } catch (error) {
        toast(faultNotice(error).title);
      } finally {
        this.setData({ working: false });
      }
    },

    onSettings() {
      openMessages('settings');
    },

    onNotice() {
      if (this.data.state === 'unbound') openCardPage('bind');
      else if (this.data.state === 'ready') openMessages('settings');
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },
  },
});
