import { cloudEnvironment } from './config';
import { handlePrivacyAuthorization } from './services/privacy';
import { texts } from './services/ui';

App({
  onLaunch() {
    wx.cloud.init({ ...(cloudEnvironment === undefined ? {} : { env: cloudEnvironment }), traceUser: false });
    handlePrivacyAuthorization();
  },

  /** Whatever no page has caught: the reader is told, and WeChat's own error report keeps the details. */
  onUnhandledRejection() {
    void wx.showToast({ title: texts().faults.INTERNAL.title, icon: 'none' });
  },

  onPageNotFound() {
    void wx.switchTab({ url: '/pages/home/home' });
  },
});
