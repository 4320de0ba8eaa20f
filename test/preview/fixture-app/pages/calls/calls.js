const calls = {
  scan: () => wx.scanCode({ scanType: ['barCode', 'qrCode'] }),
  modal: () => wx.showModal({ title: '题', content: '问', confirmText: '好' }),
  actions: () => wx.showActionSheet({ itemList: ['甲', '乙'] }),
  toast: () => wx.showToast({ title: '你好', icon: 'none' }),
  loading: () => wx.showLoading({ title: '等等' }),
  title: () => wx.setNavigationBarTitle({ title: '新题' }),
  storage: async () => {
    wx.setStorageSync('k', { n: [1] });
    await wx.setStorage({ key: 'l', data: 'text' });
    const { data } = await wx.getStorage({ key: 'l' });
    const missing = await wx.getStorage({ key: 'none' }).catch((error) => error.errMsg);
    return {
      k: wx.getStorageSync('k'),
      data,
      missing,
      empty: wx.getStorageSync('none'),
      keys: wx.getStorageInfoSync().keys,
    };
  },
  cloud: () => {
    wx.cloud.init({ env: 'demo' });
    return wx.cloud.callFunction({ name: 'reader', data: { action: 'x' } });
  },
  cloudCallback: () =>
    new Promise((resolve) => {
      const returned = wx.cloud.callFunction({
        name: 'broken',
        data: {},
        fail: (error) => resolve({ error, returned: returned === undefined }),
      });
    }),
  picture: async () => {
    wx.cloud.init({ env: 'demo' });
    const { tempFiles } = await wx.chooseMedia({ count: 2, mediaType: ['image'] });
    const { tempFilePath } = await wx.compressImage({ src: tempFiles[0].tempFilePath, compressedWidth: 40 });
    const { width, height } = await wx.getImageInfo({ src: tempFilePath });
    const files = wx.getFileSystemManager();
    const { size } = await new Promise((success, fail) =>
      files.getFileInfo({ filePath: tempFilePath, success, fail }),
    );
    const answer = await wx.cloud.uploadFile({ cloudPath: 'a/b.jpg', filePath: tempFilePath });
    return { chosen: tempFiles.length, width, height, size, ...answer };
  },
  clipboard: () => wx.setClipboardData({ data: '抄下来' }),
  subscribe: () => wx.requestSubscribeMessage({ tmplIds: ['t1', 't2'] }),
  query: () =>
    new Promise((resolve) => {
      wx.createSelectorQuery()
        .select('#box')
        .fields({ size: true, dataset: true, computedStyle: ['backgroundColor'] })
        .selectViewport()
        .scrollOffset()
        .exec(resolve);
    }),
  files: () => {
    const files = wx.getFileSystemManager();
    files.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, '书', 'utf8');
    return {
      text: files.readFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'utf8'),
      list: files.readdirSync(wx.env.USER_DATA_PATH),
    };
  },
  system: () => ({
    window: wx.getWindowInfo(),
    capsule: wx.getMenuButtonBoundingClientRect(),
    can: [wx.canIUse('showToast'), wx.canIUse('flyToTheMoon')],
  }),
  network: () => wx.getNetworkType(),
  badge: () => wx.setTabBarBadge({ index: 1, text: '9' }),
  preview: () => wx.previewImage({ urls: ['/images/dot.png'] }),
  notFound: () => wx.navigateTo({ url: '/pages/none/none' }),
  missing: () => wx.startBeaconDiscovery(),
  missingOption: () => wx.showToast({ title: 'a', colour: 'red' }),
  missingCloud: () => wx.cloud.downloadFile({}),
};

Page({
  data: { query: '', answer: '', names: Object.keys(calls) },
  onLoad(query) {
    this.setData({ query: JSON.stringify(query) });
  },
  async run(event) {
    try {
      const answer = await calls[event.currentTarget.dataset.name]();
      this.setData({ answer: JSON.stringify(answer) });
    } catch (error) {
      this.setData({ answer: `failed ${error.errMsg ?? error.message}` });
    }
  },
});
