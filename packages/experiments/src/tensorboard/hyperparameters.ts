import type { Settings } from '../config/settings.ts';
import { doubleField, floatField, integerField, messageField, textField } from './protobuf.ts';

// The fields' numbers in TensorFlow's summary.proto and tensor.proto, in google/protobuf/struct.proto, and in plugin_data.proto of
// TensorBoard's HParams plugin.
const value = { tag: 1, tensor: 8, metadata: 9 } as const;
const metadata = { pluginData: 1 } as const;
const pluginData = { name: 1, content: 2 } as const;
const content = { version: 1, start: 3, end: 4 } as const;
const start = { parameters: 1, time: 5 } as const;
const end = { status: 1, time: 2 } as const;
const entry = { key: 1, value: 2 } as const;
const any = { number: 2, text: 3, truth: 4 } as const;
const tensor = { type: 1, shape: 2, floats: 5 } as const;

const statuses: Readonly<Record<string, number>> = { finished: 1, diverged: 2, unfinished: 3 };

/** A tensor of one zero: TensorBoard reads summaries that have one. */
const zero = messageField(
  value.tensor,
  integerField(tensor.type, 1),
  messageField(tensor.shape, messageField(2, integerField(1, 1))),
  floatField(tensor.floats, 0),
);

/**
 * The settings of a run, and how it stands, as fields of a Summary message that the HParams plugin of TensorBoard reads: its table then
 * has the run as a row.
 */
export function hyperparameters(
  settings: Settings,
  status: string,
  [began, ended]: readonly [number, number],
): Uint8Array[] {
  const parameters = Object.entries(settings).map(([name, setting]) =>
    messageField(start.parameters, textField(entry.key, name), messageField(entry.value, anyField(setting))),
  );
  return [
    summary('_hparams_/session_start_info', content.start, [...parameters, doubleField(start.time, began)]),
    summary('_hparams_/session_end_info', content.end, [
      integerField(end.status, statuses[status] ?? 0),
      doubleField(end.time, ended),
    ]),
  ];
}

/** One value of a Summary. */
function summary(tag: string, kind: number, fields: readonly Uint8Array[]): Uint8Array {
  const told = Buffer.concat([integerField(content.version, 0), messageField(kind, ...fields)]);
  const plugin = [textField(pluginData.name, 'hparams'), messageField(pluginData.content, told)];
  const described = messageField(value.metadata, messageField(metadata.pluginData, ...plugin));
  return messageField(1, textField(value.tag, tag), zero, described);
}

function anyField(setting: unknown): Uint8Array {
  if (typeof setting === 'number') return doubleField(any.number, setting);
  if (typeof setting === 'boolean') return integerField(any.truth, Number(setting));
  return textField(any.text, typeof setting === 'string' ? setting : JSON.stringify(setting));
}
