import { cloudEnvironment } from './config';
import { toast } from './services/phone';
import { handlePrivacyAuthorization } from './services/privacy';
import { texts } from './services/ui';

App({
  onLaunch() {
    wx.cloud.init({ ...(cloudEnvironment === undefined ? {} : { env: cloudEnvironment }), traceUser: false });
    handlePrivacyAuthorization();
  },

  /** Whatever no page has caught: the reader is told, and WeChat's own error report keeps the details. */
  onUnhandledRejection() {
    toast(texts().faults.INTERNAL.title);
  },

  onPageNotFound() {
    void wx.switchTab({ url: '/pages/home/home' });
  },
});
