import { money } from '../../utils/money';

Component({
  behaviors: ['wx://form-field'],
  properties: { city: { type: Object, value: {} } },
  data: { priceText: '', late: '' },
  lifetimes: {
    // as an answer that comes when the card is not shown any more
    detached() {
      setTimeout(() => this.setData({ late: '来晚了' }), 0);
    },
  },
  observers: {
    'city.price'(price) {
      this.setData({ priceText: price === undefined ? '' : money(price) });
    },
  },
  methods: {
    onTap() {
      this.triggerEvent('pick', { id: this.data.city.id });
    },
  },
});
