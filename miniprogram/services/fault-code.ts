import type { FaultCode } from '../../contracts/result';

/** `OFFLINE`: the phone did not reach WeChat's cloud. `TIMEOUT`: no answer came in time. */
export type AppFaultCode = FaultCode | 'OFFLINE' | 'TIMEOUT';
