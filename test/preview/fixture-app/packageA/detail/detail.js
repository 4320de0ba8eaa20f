Component({
  properties: { id: String },
  data: { heard: '', lifetimes: '', late: false },
  lifetimes: {
    attached() {
      this.setData({ lifetimes: 'attached' });
    },
  },
  pageLifetimes: {
    show() {
      this.setData({ lifetimes: `${this.data.lifetimes} show` });
    },
  },
  methods: {
    onLoad(query) {
      this.setData({ lifetimes: `${this.data.lifetimes} load${query.id}` });
      const channel = this.getOpenerEventChannel();
      channel.on('question', (text) => {
        this.setData({ heard: text });
        channel.emit('answer', `${text} back`);
      });
    },
    onShow() {
      this.setData({ lifetimes: `${this.data.lifetimes} onShow` });
    },
    onReady() {
      this.setData({ lifetimes: `${this.data.lifetimes} onReady` });
    },
    deeper() {
      wx.navigateTo({ url: '/packageA/detail/detail?id=9' }).catch((error) =>
        this.setData({ heard: error.errMsg }),
      );
    },
    back() {
      wx.navigateBack();
    },
    /** The page is closed when the answer comes. */
    backTooSoon() {
      wx.navigateBack().then(() => {
        this.setData({ late: true });
        this.getOpenerEventChannel().emit('answer', 'too late');
      });
    },
  },
});
