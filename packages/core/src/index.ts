export { type Activation, type ActivationFunction, type Activity, activationNames } from './circuit/activation.ts';
export { Circuit } from './circuit/circuit.ts';
export { type FunctionName, functions } from './circuit/functions.ts';
export type { Compartment, Population } from './circuit/population.ts';
export type { Driven } from './circuit/rest.ts';
export type { Signal, State } from './circuit/signal.ts';
export type { Channel, Distribution, Fan, Initial, MultipleOf, Start } from './circuit/start.ts';
export { type Bounds, type FixedSynapses, type Pathway, type Synapses, weightName } from './circuit/synapses.ts';
export type { Change, Operation, Trace } from './circuit/trace.ts';
export { lastingStates } from './circuit/trace.ts';
export { type ClassLabels, classLabelNames, classTargets, labelsOf } from './class-labels.ts';
export { decodeText } from './decode-text.ts';
export { auditCircuit, type CircuitAudit, type ReversedWeights } from './description/audit.ts';
export { type CircuitOptions, describeCircuit } from './description/describe.ts';
export type {
  CircuitDescription,
  DescribedActivity,
  DescribedPathway,
  DescribedPopulation,
  DescribedSignal,
  DescribedSynapses,
  DescribedUpdate,
} from './description/description.ts';
export type { CarriedErrors, MixedError } from './description/errors.ts';
export type { AuditedSignal, AuditedTerm, SynapseAudit } from './description/locality.ts';
export { needsOf } from './description/needs.ts';
export { pathwayNote } from './description/note.ts';
export {
  type CircuitGeometry,
  circuitGeometry,
  type DrawnPathway,
  type DrawnPopulation,
} from './drawing/geometry.ts';
export { circuitMermaid } from './drawing/mermaid.ts';
export { cellNoun } from './drawing/shapes.ts';
export { circuitSvg } from './drawing/svg.ts';
export { type DivergedState, DivergenceError, FailureError, type IndefiniteWeights, InputError } from './errors.ts';
export { letOthersRun } from './event-loop.ts';
export { exponential } from './exact/exponential.ts';
export { sineOfTurns } from './exact/sine.ts';
export { bytesGiven } from './given.ts';
export { createMemory } from './kernels/memory.ts';
export type { Matrix } from './matrix.ts';
export type { ModelDescription, ModelNotes } from './model/description.ts';
export {
  type LoadModelOptions,
  loadModel,
  type Model,
  type ModelState,
  readWeights,
  type SaveModelOptions,
  saveModel,
  writeModel,
} from './model/model.ts';
export { readModelNotes } from './model/model-notes.ts';
export type { ModelPreprocessing } from './model/preprocessing.ts';
export { readSafetensors, type TensorFile, writeSafetensors } from './model/safetensors.ts';
export { brainFloats, halfFloats } from './model/tensor-types.ts';
export { checkBatch } from './network/check-batch.ts';
export { checkRidge } from './network/check-ridge.ts';
export { createNetwork } from './network/create-network.ts';
export type { FitOptions, PartialFitOptions } from './network/estimator.ts';
export { checkInitial } from './network/initial-weights.ts';
export type { AdvanceOptions, Network } from './network/network.ts';
export {
  checkOptimiser,
  keptBySynapse,
  type Optimiser,
  type OptimiserKind,
  optimiserNames,
  optimiserNumbers,
} from './network/optimiser.ts';
export type { NetworkOptions, NetworkSettings } from './network/options.ts';
export { randomOrthogonal } from './network/orthogonal.ts';
export { groupOf, rateNames } from './network/plasticity.ts';
export { type Recordable, recordableOf } from './network/recorded.ts';
export { checkRate, type Fall, type Rate, rateAt } from './network/schedule.ts';
export { shareNumbers, shareSamples } from './network/shared-samples.ts';
export { parseJson } from './parse-json.ts';
export { batchEnd, batchStart } from './random/batches.ts';
export { logarithm } from './random/logarithm.ts';
export { type Order, orderNames, Presentation } from './random/order.ts';
export { RandomStream } from './random/stream.ts';
export { type DoubleMatrix, type Numbers, Reading, type ReadingOptions } from './reading/reading.ts';
export { type CircuitResponse, circuitResponse } from './reading/response.ts';
export {
  type Architecture,
  type ArchitectureOptions,
  layersOf,
  type Misfit,
  misfitsOf,
  usualArchitecture,
} from './rules/architecture.ts';
export { type Besides, type Credit, layeredBehaviour } from './rules/credit.ts';
export { checkInTime, checkTimes, type InTime } from './rules/in-time/in-time.ts';
export { decayOf, exceeds, rungeKutta, teacherChannels } from './rules/in-time/numerics.ts';
export { type CircuitSettings, type LaidOut, layOut } from './rules/lay-out.ts';
export { type Forward, Layers, type LayersOptions } from './rules/layers.ts';
export {
  expectationOf,
  isValueOf,
  type Parameter,
  type Parameters,
  type ParameterValue,
  type ParameterValues,
  parameterValues,
  parseParameter,
} from './rules/parameters.ts';
export {
  allRuleNames,
  allRules,
  findRule,
  representationRules,
  ruleNames,
  rules,
  rulesInTime,
  runRuleNames,
  sampleRules,
} from './rules/registry.ts';
export { type Behaviour, type Components, checkRule, defineRule, type ObjectiveTerm, type Rule } from './rules/rule.ts';
export {
  activationsOf,
  anyLayers,
  type LabelRole,
  type Loss,
  lossesOf,
  lossNames,
  type OutputFunction,
  outputNames,
  predictsLabels,
  type Shape,
} from './rules/shape.ts';
export type { ClassNumbers, DescribedSamples, RawInputs, Samples } from './samples.ts';
export { type SampleArrays, samplesOf } from './samples-of.ts';
export { sha256 } from './sha256.ts';
export { constrainedOptimum } from './theory/constrained-optimum.ts';
export { constraintSpectrum } from './theory/constraint.ts';
export { type SettlingCurvature, settlingCurvature, settlingWarning } from './theory/curvature.ts';
export type { Probe, ProbedNetwork } from './theory/instrument.ts';
export { type Objectives, objectives } from './theory/objectives.ts';
export { type Optimum, optimum } from './theory/optimum.ts';
export {
  checkProbe,
  createProbe,
  fittingProbes,
  probeNames,
  probeReadings,
} from './theory/probes.ts';
export { energySteps, settlingSteps } from './theory/settling.ts';
export { type Warning, watchForWarnings } from './theory/warnings.ts';
export { accuracy } from './training/accuracy.ts';
export { weightsDigest } from './training/digest.ts';
export { objective } from './training/objective.ts';
export { RunningAccuracy, type RunningCounts } from './training/running-accuracy.ts';
export { type LearnStreamOptions, learnStream, type StreamItem } from './training/stream.ts';
export { type Evaluation, type TrainOptions, train } from './training/train.ts';
