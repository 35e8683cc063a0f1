export type { ActivationFunction } from './circuit/activation.ts';
export type { Initial } from './circuit/synapses.ts';
export { type ClassLabels, classLabelNames, classTargets, labelsOf } from './class-labels.ts';
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
export type { CarriedErrors } from './description/errors.ts';
export type { AuditedSignal, AuditedTerm, SynapseAudit } from './description/locality.ts';
export { needsOf } from './description/needs.ts';
export { type CircuitResponse, circuitResponse } from './description/response.ts';
export {
  type CircuitGeometry,
  circuitGeometry,
  type DrawnPathway,
  type DrawnPopulation,
} from './drawing/geometry.ts';
export { circuitMermaid } from './drawing/mermaid.ts';
export { circuitSvg } from './drawing/svg.ts';
export { DivergenceError, FailureError, InputError } from './errors.ts';
export { createMemory } from './kernels/memory.ts';
export type { Rate } from './kernels/rate.ts';
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
export type { ModelPreprocessing } from './model/preprocessing.ts';
export { readSafetensors, type TensorFile, writeSafetensors } from './model/safetensors.ts';
export type { FitOptions, PartialFitOptions } from './network/estimator.ts';
export { createNetwork, type Network } from './network/network.ts';
export type { NetworkOptions, NetworkSettings } from './network/options.ts';
export { shareBytes, shareSamples } from './network/shared-samples.ts';
export { type Order, Presentation } from './random/order.ts';
export { RandomStream } from './random/stream.ts';
export { activationNames } from './rules/architecture.ts';
export { hasInterneurons, ruleNames, ruleRates } from './rules/registry.ts';
export type { DescribedSamples, Samples } from './samples.ts';
export { sha256 } from './sha256.ts';
export { constraintSpectrum } from './theory/constraint.ts';
export { type Objectives, objectives } from './theory/objectives.ts';
export { type Optimum, optimum } from './theory/optimum.ts';
export {
  checkProbe,
  createProbe,
  fittingProbes,
  type Probe,
  type ProbedNetwork,
  probeNames,
  probeReadings,
} from './theory/probes.ts';
export { accuracy } from './training/accuracy.ts';
export { weightsDigest } from './training/digest.ts';
export { objective } from './training/objective.ts';

export { type LearnStreamOptions, learnStream, type StreamItem } from './training/stream.ts';
export { type Evaluation, type TrainOptions, train } from './training/train.ts';
