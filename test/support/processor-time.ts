/**
 * Starts to count the processor time of this process, ms, and gives what tells the count: how costly work was,
 * however busy the machine is with something else.
 */
export function startProcessorClock(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  };
}
