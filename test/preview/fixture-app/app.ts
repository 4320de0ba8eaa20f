declare const App: (definition: object) => void;

App({
  globalData: { launches: 0, errors: [] as string[] },
  onLaunch(this: { globalData: { launches: number } }) {
    this.globalData.launches += 1;
  },
  onError(this: { globalData: { errors: string[] } }, message: string) {
    this.globalData.errors.push(message);
  },
});
