import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { crc32c, maskedCrc32c } from '../files/crc32c.ts';
import { eventFile } from './event-file.ts';

// RFC 3720, appendix B.4.
test.each([
  ['32 bytes of zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 bytes of ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['32 bytes that ascend', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ['32 bytes that descend', Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  ['the digits from 1 to 9', Buffer.from('123456789'), 0xe3069283],
])('CRC-32C of %s is the published one', (_, bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected);
});

test('the masked checksum is undone as TensorFlow does it', () => {
  const bytes = Buffer.from('123456789');
  const rotated = (maskedCrc32c(bytes) - 0xa282ead8) >>> 0;
  expect(((rotated >>> 17) | (rotated << 15)) >>> 0).toBe(0xe3069283);
});

// The parts of tensorflow/core/util/event.proto and framework/summary.proto that event files of scalars use.
const { Event, HParamsPluginData } = protobuf.parse(`
  syntax = "proto3";
  message Summary {
    message Value { string tag = 1; float simple_value = 2; TensorProto tensor = 8; SummaryMetadata metadata = 9; }
    repeated Value value = 1;
  }
  message Dim { int64 size = 1; }
  message Shape { repeated Dim dim = 2; }
  message TensorProto { int32 dtype = 1; Shape tensor_shape = 2; repeated float float_val = 5; }
  message PluginData { string plugin_name = 1; bytes content = 2; }
  message SummaryMetadata { PluginData plugin_data = 1; }
  message Any { oneof kind { double number_value = 2; string string_value = 3; bool bool_value = 4; } }
  message SessionStartInfo { map<string, Any> hparams = 1; double start_time_secs = 5; }
  message SessionEndInfo { int32 status = 1; double end_time_secs = 2; }
  message HParamsPluginData {
    int32 version = 1;
    oneof data { SessionStartInfo session_start_info = 3; SessionEndInfo session_end_info = 4; }
  }
  message Event {
    double wall_time = 1;
    int64 step = 2;
    oneof what { string file_version = 3; Summary summary = 5; }
  }`).root.nested as { Event: protobuf.Type; HParamsPluginData: protobuf.Type };

/** The records of a TFRecord file, their checksums checked. */
function records(file: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(file);
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(bytes.readUInt32LE(at + 8)).toBe(maskedCrc32c(bytes.subarray(at, at + 8)));
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(data));
    found.push(data);
    at += 16 + length;
  }
  return found;
}

test('a Protocol Buffers library reads the events', () => {
  const evaluations = [
    { samples: 2, objective: 0.5 },
    { samples: 3_000_000_000, objective: 0.25, probes: { 'constraint.largest': 2 } },
  ];
  const events = records(eventFile(evaluations, { wallTime: 1e9, seconds: 300 })).map((data) =>
    Event.toObject(Event.decode(data), { longs: Number }),
  );
  expect(events).toEqual([
    { wallTime: 1e9, fileVersion: 'brain.Event:2' },
    { wallTime: 1e9 + 2e-7, step: 2, summary: { value: [{ tag: 'objective', simpleValue: 0.5 }] } },
    {
      wallTime: 1e9 + 300,
      step: 3_000_000_000,
      summary: {
        value: [
          { tag: 'objective', simpleValue: 0.25 },
          { tag: 'probes/constraint/largest', simpleValue: 2 },
        ],
      },
    },
  ]);
});

test('the HParams plugin gets the settings, and how the run stands', () => {
  const settings = { rule: 'bmvr', 'rates.W1.eta0': 0.01, decoupled: false, hidden: [4, 2] };
  const [, ...events] = records(eventFile([], { wallTime: 7, seconds: 5, settings, status: 'finished' }));
  const told = events.map((data) => {
    const [value] = Event.toObject(Event.decode(data), { longs: Number }).summary.value;
    expect(value.tensor).toEqual({ dtype: 1, tensorShape: { dim: [{ size: 1 }] }, floatVal: [0] });
    expect(value.metadata.pluginData.pluginName).toBe('hparams');
    return [value.tag, HParamsPluginData.toObject(HParamsPluginData.decode(value.metadata.pluginData.content))];
  });
  const hparams = {
    rule: { stringValue: 'bmvr' },
    'rates.W1.eta0': { numberValue: 0.01 },
    decoupled: { boolValue: false },
    hidden: { stringValue: '[4,2]' },
  };
  expect(told).toEqual([
    ['_hparams_/session_start_info', { sessionStartInfo: { hparams, startTimeSecs: 7 } }],
    ['_hparams_/session_end_info', { sessionEndInfo: { status: 1, endTimeSecs: 12 } }],
  ]);
});
