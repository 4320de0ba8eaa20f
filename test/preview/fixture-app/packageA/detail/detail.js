Component({
  properties: { id: String },
  data: { heard: '', lifetimes: '' },
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
  },
});
