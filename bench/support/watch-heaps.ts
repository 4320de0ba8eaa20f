import workerThreads, { BroadcastChannel } from 'node:worker_threads';

/** Peak of the heaps of instances, bytes: each tells its own, for nobody else can see it. */
export const heap = { peak: 0 };
const CHANNEL = 'bench-heap';
const TELL_HEAP = `{
  const { BroadcastChannel } = require('node:worker_threads');
  const channel = new BroadcastChannel('${CHANNEL}');
  channel.unref();
  const tell = () => channel.postMessage(process.memoryUsage().heapUsed);
  setInterval(tell, 20).unref();
}`;

/** From now on each new instance tells how large its heap is. @returns ends it */
export function watchHeaps(): () => void {
  const Plain = workerThreads.Worker;
  workerThreads.Worker = class extends Plain {
    constructor(code: string | URL, settings: workerThreads.WorkerOptions) {
      super(settings.eval ? `${TELL_HEAP}\n${code.toString()}` : code, settings);
    }
  };
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event) => {
    heap.peak = Math.max(heap.peak, (event as { data: number }).data);
  };
  return () => channel.close();
}
