import { ConfigurationError } from '../configuration-error';
import type { AdapterContext } from '../connected-system';

/** Secrets from the environment, by the names that the configuration gives. */
export function secretsFrom(env: Readonly<Record<string, string | undefined>>): AdapterContext['secret'] {
  return (name) => {
    const value = env[name];
    if (value === undefined || value === '') {
      throw new ConfigurationError(
        `The environment variable ${name} is not set; the configuration asks for it`,
      );
    }
    return value;
  };
}
