/** Who may call which function from a client: the content of function-rules.json. */
export type InvokeRules = Record<string, { invoke: boolean | string }>;

const SIGNED_IN = 'auth != null';

/**
 * Checks a rules file. The platform knows only `true`, `false` and `"auth != null"` and asks for a rule named `*`
 * (https://docs.cloudbase.net/cloud-function/security-rules).
 * @throws {Error} naming the rule that cannot be evaluated
 */
export function parseInvokeRules(rules: unknown): InvokeRules {
  if (typeof rules !== 'object' || rules === null || !Object.hasOwn(rules, '*')) {
    throw new Error('function rules: a rule for "*" is required');
  }
  for (const [name, rule] of Object.entries(rules as Record<string, unknown>)) {
    const { invoke, ...others } = (rule ?? {}) as Record<string, unknown>;
    const known = typeof invoke === 'boolean' || (typeof invoke === 'string' && isSignedIn(invoke));
    if (!known || Object.keys(others).length > 0) {
      throw new Error(
        `function rules: "${name}" must be {"invoke": true | false | "auth != null"}, not ${JSON.stringify(rule)}`,
      );
    }
  }
  return rules as InvokeRules;
}

/** Whether a client may call the function; `openid` is empty for one that is not signed in. */
export function mayInvoke(rules: InvokeRules, name: string, openid: string): boolean {
  const rule = Object.hasOwn(rules, name) ? rules[name] : rules['*'];
  const invoke = rule?.invoke ?? false;
  return typeof invoke === 'boolean' ? invoke : openid !== '';
}

const isSignedIn = (expression: string): boolean => expression.replace(/\s+/g, ' ').trim() === SIGNED_IN;
