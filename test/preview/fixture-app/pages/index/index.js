const ALL = [
  { id: 1, name: '青岛', tag: '海边', code: 'tao', price: 12.5 },
  { id: 2, name: '厦门', tag: '海边', code: 'xmn', price: 20 },
  { id: 3, name: '张家界', tag: '山里', code: 'dyg', price: 33.3 },
];

Page({
  data: {
    keyword: '',
    confirmed: '',
    shown: ALL,
    lower: 0,
    refreshed: 0,
    bottoms: 0,
    theme: '',
    language: '',
    shows: 0,
    into: '',
    pressed: '',
    locked: false,
  },
  onLoad() {
    const { theme, language } = wx.getAppBaseInfo();
    this.setData({ theme, language });
    wx.onThemeChange((change) => this.setData({ theme: change.theme }));
  },
  onShow() {
    this.setData({ shows: this.data.shows + 1 });
  },
  onInput(event) {
    const keyword = event.detail.value;
    this.setData({ keyword, shown: ALL.filter((city) => city.name.includes(keyword)) });
  },
  onConfirm(event) {
    this.setData({ confirmed: event.detail.value });
  },
  onPick(event) {
    wx.navigateTo({
      url: `../../packageA/detail/detail?id=${event.detail.id}`,
      events: { answer: (text) => this.setData({ confirmed: text }) },
      success: (result) => result.eventChannel.emit('question', 'hello'),
    });
  },
  onLower() {
    this.setData({ lower: this.data.lower + 1 });
  },
  onPullDownRefresh() {
    this.setData({ refreshed: this.data.refreshed + 1 });
    setTimeout(() => wx.stopPullDownRefresh(), 50);
  },
  onReachBottom() {
    this.setData({ bottoms: this.data.bottoms + 1 });
  },
  onShareAppMessage(options) {
    return {
      title: `给你看 ${options.from} ${options.target?.dataset.from ?? ''}`,
      path: '/packageA/detail/detail?id=2',
    };
  },
  scrollThere() {
    this.setData({ into: 'c3' });
  },
  openDrawing() {
    wx.navigateTo({ url: '/pages/drawing/drawing' });
  },
  onShort() {
    this.setData({ pressed: '短' });
  },
  onLong() {
    this.setData({ pressed: '长' });
  },
});
