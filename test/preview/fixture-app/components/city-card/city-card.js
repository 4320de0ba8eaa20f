import { money } from '../../utils/money';

Component({
  behaviors: ['wx://form-field'],
  properties: { city: { type: Object, value: {} } },
  data: { priceText: '' },
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
