import { expectationOf, InputError, type Parameters, parseParameter } from '@apical/core';

/**
 * What `key=value&key=value` says after the name of something that is generated.
 * @param name the whole name, for messages. @param called what is generated, for messages
 * @throws InputError for settings that there are not, that are given twice, and values that they cannot have
 */
export function settingsIn(
  name: string,
  query: string | undefined,
  parameters: Parameters,
  called: string,
): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  if (query === undefined) return given;
  for (const part of query.split('&')) {
    const [, key = '', text = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [];
    if (key === '' || text === '') {
      throw new InputError(`${name}: after ? there are settings, KEY=VALUE&KEY=VALUE, and not ${JSON.stringify(part)}`);
    }
    const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
    if (!parameter) {
      const known = Object.entries(parameters).map(([each, of]) => `${each} (${expectationOf(of)})`);
      throw new InputError(`${name}: there is no setting ${key}; there are ${known.join(', ')}`);
    }
    if (Object.hasOwn(given, key)) throw new InputError(`${name}: ${key} is given twice`);
    given[key] = parseParameter(`${key} of ${called}`, parameter, text);
  }
  return given;
}
