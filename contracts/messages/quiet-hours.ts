/** Local times of the library, `HH:MM`: from the one until the other, over midnight, nothing is sent. */
export const QUIET_HOURS = { from: '22:00', until: '08:00' } as const;
