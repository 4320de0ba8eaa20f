Page({
  data: {
    area: '',
    answer: '',
    city: 0,
    cities: [{ name: '甲' }, { name: '乙' }],
    slide: 0,
    day: '',
    wheel: '',
    image: '',
    columns: [
      ['左', '右'],
      ['上', '下'],
    ],
    chosen: [0, 0],
    html: '<p style="color: rgb(1, 1, 1)">一<b>二</b><script>window.hacked = true</script><img src="x" onerror="window.hacked = true"></p>',
    nodes: [{ name: 'span', attrs: { class: 'n' }, children: [{ type: 'text', text: 'A &amp; B' }] }],
  },
  onLimited(event) {
    return event.detail.value.replace(/\d/g, '');
  },
  onLikes(event) {
    this.setData({ answer: `喜欢 ${event.detail.value.join(',')}` });
  },
  onSwitch(event) {
    this.setData({ answer: `开关 ${event.detail.value}` });
  },
  onPick(event) {
    this.setData({ city: event.detail.value });
  },
  onColumn(event) {
    this.setData({ answer: `列 ${event.detail.column} ${event.detail.value}` });
  },
  onMulti(event) {
    this.setData({ chosen: event.detail.value });
  },
  onDay(event) {
    this.setData({ day: event.detail.value });
  },
  onSubmit(event) {
    this.setData({ answer: JSON.stringify(event.detail.value) });
  },
  onReset() {
    this.setData({ answer: '已重置' });
  },
  onSlide(event) {
    this.setData({
      slide: event.detail.current,
      answer: `${event.detail.currentItemId} ${event.detail.source}`,
    });
  },
  onWheel(event) {
    this.setData({ wheel: `转到 ${event.detail.value[0]}` });
  },
  onImage(event) {
    this.setData({ image: `${event.detail.width}x${event.detail.height}` });
  },
  onMove(event) {
    this.setData({ answer: `移到 ${event.detail.x} ${event.detail.y}` });
  },
});
