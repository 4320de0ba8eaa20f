Page({
  data: { answer: '', picture: '' },
  onReady() {
    wx.createSelectorQuery()
      .select('#canvas')
      .fields({ node: true, size: true })
      .exec(([{ node, width, height }]) => {
        node.width = width * 2;
        node.height = height * 2;
        const context = node.getContext('2d');
        context.scale(2, 2);
        node.requestAnimationFrame(async () => {
          context.fillStyle = '#b8322a';
          context.fillRect(0, 0, 100, 100);
          context.fillStyle = '#2b5f75';
          context.fillRect(100, 0, 100, 100);
          const offscreen = wx.createOffscreenCanvas({ type: '2d', width: 10, height: 10 });
          offscreen.getContext('2d').fillRect(0, 0, 10, 10);
          const { tempFilePath } = await wx.canvasToTempFilePath({
            canvas: node,
            x: 50,
            y: 0,
            width: 100,
            height: 100,
            destWidth: 100,
            destHeight: 100,
          });
          this.setData({ picture: tempFilePath, answer: `${width}x${height}` });
        });
      });
  },
  onCopy(event) {
    this.setData({ answer: `${this.data.answer} ${event.detail.width}x${event.detail.height}` });
  },
  onTouch(event) {
    this.setData({ answer: `touch ${event.touches.length}` });
  },
  save() {
    wx.saveImageToPhotosAlbum({
      filePath: this.data.picture,
      success: () => this.setData({ answer: 'saved' }),
      fail: (error) => this.setData({ answer: error.errMsg }),
    });
  },
});
