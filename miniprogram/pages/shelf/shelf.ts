import type { Hold } from '../../../contracts/holds';
import type { Loan, RenewOutcome } from '../../../contracts/loans';
import { loanLine, toneOf, type LoanLine, type RenewResult } from '../../components/loan-row/loan-line';
import { fill } from '../../i18n/index';
import { momentText } from '../../lib/dates';
import { asFault, call } from '../../services/api';
import { addToCalendar } from '../../services/calendar';
import { denialNotice } from '../../services/denial-words';
import { deskChanged, deskState } from '../../services/desk-changes';
import { faultNotice, NO_FAULT } from '../../services/fault-notice';
import { openCardPage, openSearch, type CardPage } from '../../services/navigate';
import { endPullDown, toast } from '../../services/phone';
import { scanCode } from '../../services/scan';
import { language } from '../../services/settings';
import { refreshTabBar, refreshUi, texts, ui } from '../../services/ui';
import type { HoldLine } from './hold-line';
import { renewAll, renewOne, renewScanned, settle } from './renew-books';
import { reportAll, reportScanned, type RenewReport } from './renew-report';
import { countView, finesView, holdsView, type Fines } from './shelf-view';

type State = 'loading' | 'ready' | 'unbound' | 'denied' | 'error';

const PAGE = 20;
const FRESH_MS = 300_000;

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('shelf'),
    state: 'loading' as State,
    fault: NO_FAULT,
    signIn: false,
    lines: [] as LoanLine[],
    total: 0,
    countWords: '',
    overdueWords: '',
    moreWords: '',
    asOf: '',
    stale: false,
    renewable: 0,
    renewingAll: false,
    report: null as RenewReport | null,
    /** Something was renewed since the list was read: what comes next is another reminder */
    renewed: false,
    holdsWords: '',
    holdsOffered: true,
    holds: [] as HoldLine[],
    holdsMore: false,
    finesWords: '',
    finesOffered: true,
    owes: false,
    _loans: [] as Loan[],
    _groups: [] as LoanLine['tone'][],
    _asOf: '',
    _busy: [] as string[],
    _results: {} as Record<string, RenewResult>,
    _holds: null as Hold[] | null,
    _fines: null as Fines | null,
    _shown: PAGE,
    _seen: -1,
    _readAt: 0,
    /** How many renewals were begun: a list that was asked for before the last of them comes too late */
    _renewals: 0,
  },

  methods: {
    onShow() {
      const changed = refreshUi(this, 'shelf', 'shelf');
      refreshTabBar();
      const old = this.data.stale || Date.now() - this.data._readAt > FRESH_MS;
      if (this.data._seen !== deskState() || old) void this.load();
      else if (changed) this.showAll();
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    onReachBottom() {
      this.onMore();
    },

    async load() {
      this.data._seen = deskState();
      this.data._readAt = Date.now();
      await Promise.all([this.loadLoans(), this.loadHolds(), this.loadFines()]);
    },

    async loadLoans() {
      const { _renewals: renewals } = this.data;
      try {
        const answer = await call('loans.list', {});
        if (renewals !== this.data._renewals) return;
        if ('denied' in answer) {
          this.setData({ state: 'denied', fault: denialNotice(answer.denied) });
          return;
        }
        this.data._loans = answer.loans;
        this.data._groups = answer.loans.map(toneOf);
        this.data._asOf = answer.asOf;
        this.data._results = {};
        this.data._shown = PAGE;
        this.setData({ stale: answer.state === 'stale', report: null, renewed: false });
        this.showLoans();
      } catch (error) {
        this.showFailure(error);
      }
    },

    /** What is shown already stays, with its time. */
    showFailure(error: unknown) {
      this.data._readAt = 0;
      const { code } = asFault(error);
      if (code === 'CARD_NOT_BOUND') this.setData({ state: 'unbound', report: null });
      else if (this.data.state === 'ready' && code !== 'SIGN_IN_AGAIN') {
        this.setData({ stale: true, asOf: this.asOfWords(true) });
        toast(faultNotice(error).title);
      } else {
        const signIn = code === 'SIGN_IN_AGAIN';
        const fault = faultNotice(error);
        const action = signIn ? texts().shelf.signInAgain : fault.action;
        this.setData({ state: 'error', signIn, fault: { ...fault, action } });
      }
    },

    showAll() {
      this.showLoans();
      this.showHolds();
      this.showFines();
    },

    showLoans() {
      if (this.data._asOf === '') return;
      const { _loans: loans } = this.data;
      this.setData({
        state: 'ready',
        ...countView(loans, texts()),
        asOf: this.asOfWords(this.data.stale),
        lines: loans.slice(0, this.data._shown).map((_loan, at) => this.lineAt(at)),
        ...this.moreWords(),
      });
    },

    asOfWords(stale: boolean): string {
      const { common } = texts();
      const time = momentText(this.data._asOf, language());
      return fill(stale ? common.staleAsOf : common.asOf, { time });
    },

    lineAt(at: number): LoanLine {
      const { _loans: loans, _groups: groups, _busy: busy, _results: results } = this.data;
      const loan = loans[at] as Loan;
      const group = groups[at] ?? 'calm';
      const state = { busy: busy.includes(loan.loanId), result: results[loan.loanId] };
      return loanLine(loan, group, groups[at - 1], state, texts(), language());
    },

    moreWords(): { moreWords: string } {
      const left = this.data._loans.length - this.data._shown;
      return { moreWords: left > 0 ? fill(texts().shelf.more, { n: Math.min(left, PAGE) }) : '' };
    },

    onMore() {
      const { _shown: from, _loans: loans } = this.data;
      if (from >= loans.length || this.data.state !== 'ready') return;
      this.data._shown = Math.min(from + PAGE, loans.length);
      const added: Record<string, LoanLine> = {};
      for (let at = from; at < this.data._shown; at += 1) added[`lines[${at}]`] = this.lineAt(at);
      this.setData({ ...added, ...this.moreWords() });
    },

    /** Draws these loans anew, where they stand. */
    redraw(loanIds: readonly string[]) {
      const changed: Record<string, LoanLine> = {};
      this.data._loans.slice(0, this.data._shown).forEach(({ loanId }, at) => {
        if (loanIds.includes(loanId)) changed[`lines[${at}]`] = this.lineAt(at);
      });
      this.setData(changed);
    },

    async loadHolds() {
      try {
        const answer = await call('holds.list', {});
        this.data._holds = 'denied' in answer ? [] : answer.holds;
        this.setData({ holdsOffered: true });
        this.showHolds();
      } catch (error) {
        if (asFault(error).code === 'UNSUPPORTED') this.setData({ holdsOffered: false });
      }
    },

    showHolds() {
      const holds = this.data._holds;
      if (holds === null) return;
      this.setData(holdsView(holds, texts(), language()));
    },

    async loadFines() {
      try {
        const answer = await call('fines.list', {});
        this.data._fines = 'denied' in answer ? null : answer;
        this.setData({ finesOffered: true });
        this.showFines();
      } catch (error) {
        if (asFault(error).code === 'UNSUPPORTED') this.setData({ finesOffered: false });
      }
    },

    showFines() {
      this.setData(finesView(this.data._fines, texts()));
    },

    onRenew(event: WechatMiniprogram.CustomEvent<{ loanId: string }>) {
      void this.renew(event.detail.loanId);
    },

    async renew(loanId: string) {
      this.data._renewals += 1;
      this.setBusy([loanId]);
      const { failed, outcomes, report } = await renewOne(loanId);
      if (failed !== undefined) this.data._results[loanId] = failed;
      else await this.settle(outcomes);
      if (failed === undefined && report !== null) this.setData({ report });
      this.setBusy([], [loanId]);
    },

    async onRenewAll() {
      if (this.data.renewingAll) return;
      this.data._renewals += 1;
      const before = this.data._loans;
      const ids = before.filter(({ renewal }) => renewal.allowed).map(({ loanId }) => loanId);
      this.setData({ renewingAll: true, report: null });
      this.setBusy(ids);
      const { failed, outcomes, report } = await renewAll();
      if (failed === undefined) await this.settle(outcomes);
      this.setData({
        report: report ?? reportAll(outcomes, before, this.data._results, texts(), language()),
        renewingAll: false,
      });
      this.setBusy([], ids);
    },

    async onScanRenew() {
      const scan = await scanCode();
      if (scan.kind === 'cancelled') return;
      const { scan: t } = texts();
      if (scan.kind !== 'text') toast(scan.kind === 'denied' ? t.cameraDenied : t.scannerFailed);
      else await this.renewScanned(scan.text);
    },

    async renewScanned(text: string) {
      this.data._renewals += 1;
      this.setData({ report: null });
      toast(texts().shelf.renewing);
      const { outcomes, report, scanned = '' } = await renewScanned(text);
      if (report === null) await this.settle(outcomes);
      const result = this.data._results[outcomes[0]?.loanId ?? ''];
      this.setData({ report: report ?? reportScanned(scanned, result) });
    },

    /** Shows what the library says after renewing; the order on the screen stays. */
    async settle(outcomes: readonly RenewOutcome[]) {
      const { loans, results, asOf } = await settle(this.data._loans, outcomes);
      this.data._loans = loans;
      Object.assign(this.data._results, results);
      if (outcomes.some(({ status }) => status === 'renewed')) this.setData({ renewed: true });
      if (asOf !== undefined) {
        this.data._asOf = asOf;
        this.setData({ stale: false });
      }
      deskChanged();
      this.data._seen = deskState();
      this.showLoans();
    },

    setBusy(add: readonly string[], remove: readonly string[] = []) {
      this.data._busy = [...this.data._busy.filter((id) => !remove.includes(id)), ...add];
      for (const id of add) delete this.data._results[id];
      this.redraw([...add, ...remove]);
    },

    async onCalendar(event: WechatMiniprogram.CustomEvent<{ loanId: string }>) {
      const loan = this.data._loans.find(({ loanId }) => loanId === event.detail.loanId);
      if (loan !== undefined) await addToCalendar(loan);
    },

    onCloseReport() {
      this.setData({ report: null });
    },

    onNotice() {
      if (this.data.state === 'unbound' || this.data.signIn) openCardPage('bind');
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },

    onReadAgain() {
      void this.load();
    },

    onSearch() {
      openSearch();
    },

    onCard(event: WechatMiniprogram.BaseEvent<object, { page: CardPage }>) {
      openCardPage(event.currentTarget.dataset.page);
    },
  },
});
