import type { Evaluation } from '@apical/core';
import { flatten, type Settings } from '../config/settings.ts';
import { maskedCrc32c } from '../files/crc32c.ts';
import { hyperparameters } from './hyperparameters.ts';
import { doubleField, floatField, integerField, messageField, textField } from './protobuf.ts';

/** The fields' numbers in TensorFlow's event.proto and summary.proto. */
const event = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;
const summary = { value: 1 } as const;
const value = { tag: 1, simpleValue: 2 } as const;

/** What an event file tells of a run besides its evaluations. */
export interface EventFileOptions {
  /** When the run began, in seconds since 1970. */
  readonly wallTime: number;
  /** How long it took to the last evaluation: the times of the others follow from their samples, since they have none of their own. */
  readonly seconds?: number;
  /** By their dotted paths: the hyperparameters. */
  readonly settings?: Settings;
  /** How the run stands: finished, diverged or unfinished. */
  readonly status?: string;
}

/**
 * The evaluations of a run as a TensorBoard event file: a record that says `brain.Event:2`, two with the hyperparameters and how the run
 * stands, then one an evaluation, with the samples learned as the step and a scalar for the objective and each other measurement.
 * Their names have slashes, by which TensorBoard groups them: `accuracy/test`. Event files have float32 numbers: what is beyond their range is
 * infinite.
 */
export function eventFile(
  evaluations: readonly Evaluation[],
  { wallTime, seconds = 0, settings, status = 'unfinished' }: EventFileOptions,
): Uint8Array {
  const at = (samples: number) => wallTime + (seconds * samples) / (evaluations.at(-1)?.samples ?? 1);
  const version = Buffer.concat([doubleField(event.wallTime, wallTime), textField(event.fileVersion, 'brain.Event:2')]);
  const events = evaluations.map(({ samples, ...measured }) => {
    const scalars = Object.entries(flatten(measured)).flatMap(([tag, number]) =>
      typeof number === 'number' && !Number.isNaN(number)
        ? [
            messageField(
              summary.value,
              textField(value.tag, tag.replaceAll('.', '/')),
              floatField(value.simpleValue, number),
            ),
          ]
        : [],
    );
    const time = doubleField(event.wallTime, at(samples));
    return Buffer.concat([time, integerField(event.step, samples), messageField(event.summary, ...scalars)]);
  });
  const parameters = settings ? hyperparameters(settings, status, [wallTime, wallTime + seconds]) : [];
  const told = parameters.map((each) =>
    Buffer.concat([doubleField(event.wallTime, wallTime), messageField(event.summary, each)]),
  );
  return Buffer.concat([version, ...told, ...events].map(record));
}

/** A TFRecord: the length (8 bytes), its masked checksum, the data, and the data's masked checksum. */
function record(data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

function checksum(bytes: Uint8Array): Uint8Array {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(maskedCrc32c(bytes));
  return sum;
}
