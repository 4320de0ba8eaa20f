import { clearReadingList } from '../../services/reading-list';
import { clearScanHistory } from '../../services/scan-history';
import { clearSearchHistory } from '../../services/search-history';
import { refreshUi, ui } from '../../services/ui';

Component({
  data: { ...ui('privacy') },

  methods: {
    onShow() {
      refreshUi(this, 'privacy', 'privacy');
    },

    onContract() {
      void wx.openPrivacyContract({});
    },

    async onClear() {
      const { t, common } = this.data;
      const { confirm } = await wx.showModal({
        title: '',
        content: t.clearAsk,
        confirmText: t.clearConfirm,
        cancelText: common.cancel,
      });
      if (!confirm) return;
      clearReadingList();
      clearScanHistory();
      clearSearchHistory();
      void wx.showToast({ title: t.cleared, icon: 'none' });
    },
  },
});
