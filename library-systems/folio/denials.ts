import type { DenialCode } from '../../contracts/denials';

/** Words of mod-circulation for a loan that is not renewed; several reasons may stand in one text. */
export const RENEWAL_TEXTS: [RegExp, DenialCode][] = [
  [/active recall request/i, 'RECALLED'],
  [/active, pending hold request/i, 'ON_HOLD'],
  [/maximum (?:renewal number|number of renewals)/i, 'TOO_MANY_RENEWALS'],
  [
    /loan is not renewable|not loanable|item is (?:aged to lost|declared lost|claimed returned)/i,
    'ITEM_TYPE',
  ],
  [/would not change the due date|falls outside of date ranges/i, 'TOO_SOON'],
  [/block/i, 'BLOCKED'],
  [/user is not active|inactive|expired/i, 'EXPIRED'],
];

/** Words of mod-circulation and mod-patron for a request that is not made. */
export const HOLD_TEXTS: [RegExp, DenialCode][] = [
  [/already has an open request/i, 'DUPLICATE'],
  [/already been loaned|has this item on loan|already has (?:a loan|this item)/i, 'ALREADY_ON_LOAN'],
  [/service point|pickup/i, 'BAD_PICKUP'],
  [/inactive/i, 'EXPIRED'],
  [/maximum (?:allowed )?number/i, 'TOO_MANY_HOLDS'],
  [/block/i, 'BLOCKED'],
  [
    /not allowed|no available items|valid request type|not found|does not exist|is not valid/i,
    'NOT_HOLDABLE',
  ],
];
