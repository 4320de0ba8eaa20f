/** A setting is missing or unusable; the message, in English, says which one and what to write there. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
