export { type Compared, type CompareOptions, compare, type Entry } from './compare/compare.ts';
export type { Comparison, Contender, Difference } from './compare/results.ts';
export { type Asked, askedOf } from './config/asked.ts';
export { defaultRunConfig, usualRates } from './config/default-config.ts';
export { type Batches, batchesOf, evaluationSchedule, evenSchedule } from './config/evaluation-schedule.ts';
export { filesLearned } from './config/files-learned.ts';
export { holdsData } from './config/holds-data.ts';
export {
  lossOfRun,
  type ObjectiveKind,
  objectiveLabel,
  objectiveOfRun,
  objectiveTitle,
  outputOfRun,
} from './config/loss-of.ts';
export { type NamesOfRun, namesOfRun } from './config/names-of-run.ts';
export { circuitSettings, learningOptions } from './config/network-options.ts';
export { objectiveWords } from './config/objective-words.ts';
export { isOwnData, ownPath, ownSet } from './config/own-data.ts';
export { noParameter } from './config/parameter-problems.ts';
export { parseRunConfig, withFound } from './config/parse.ts';
export { readingWords } from './config/reading-words.ts';
export { isRulePath, type NamedRule, ruleOf, ruleOrName, ruleTitle } from './config/rule-of.ts';
export type { ImagePart, RuleModule, RunConfig, RunData } from './config/run-config.ts';
export type { Settings } from './config/settings.ts';
export { suggestion } from './config/suggestion.ts';
export { laidOver } from './config/synapse-names.ts';
export {
  optimiserWords,
  parseOptimiserWords,
  parseRateWords,
  parseStartWords,
  rateWords,
  startWords,
} from './config/words.ts';
export type { Figure3Options } from './figure-3/options.ts';
export { panelNames, panels } from './figure-3/panels.ts';
export { type PaperPanel, paper } from './figure-3/paper.ts';
export { figure3Config, type Method, methods } from './figure-3/protocol.ts';
export { reproduceFigure3 } from './figure-3/reproduce.ts';
export type { Figure3Results, MethodResults, PanelName, PanelResults, RowVerdict } from './figure-3/results.ts';
export { makeFolder } from './files/atomic-write.ts';
export { fileIn } from './files/file-in.ts';
export { jsonIfSound } from './files/read-file.ts';
export { writeOutput } from './files/write-output.ts';
export { classNumbers } from './models/class-numbers.ts';
export { evaluateModel, type ModelEvaluation, probeModel } from './models/evaluate-model.ts';
export { learnedShare } from './models/learned-share.ts';
export { loadModelData, type ModelData, type ModelDataSource, refuseInTime } from './models/model-data.ts';
export { type ModelFile, readModelFile } from './models/model-file.ts';
export { type Prediction, type PredictionKind, predict, usualPrediction } from './models/predict.ts';
export { dataWarnings, divergenceAdvice } from './own-data/data-warnings.ts';
export { describeData, describeOwnTable } from './own-data/describe-data.ts';
export { ensureDataOf, movedOptions, type OwnPlaces } from './own-data/read-own-data.ts';
export type { ExperimentOptions } from './pool/experiment-options.ts';
export { type RunAllOptions, runAll } from './pool/run-all.ts';
export type { RunListener } from './pool/run-on-pool.ts';
export { compareSettings, differingNames, settingNames } from './query/columns.ts';
export { type Condition, parseCondition } from './query/condition.ts';
export { unmetComparisons } from './query/unmet.ts';
export { formatComparisonTable } from './report/comparison/text.ts';
export { writeComparisonReport } from './report/comparison/write.ts';
export { formatPanelTable } from './report/figure-3/panel-table.ts';
export { writeFigure3Report } from './report/figure-3/write-report.ts';
export { formatReproduction } from './report/reproduction/text.ts';
export { writeReproductionReport } from './report/reproduction/write.ts';
export { writeRunsReport } from './report/runs/write.ts';
export { formatTable1 } from './report/table-1/text.ts';
export { writeTable1Report } from './report/table-1/write.ts';
export { findReproduction, reproductionNames, reproductions } from './reproductions/registry.ts';
export { type ReproduceOptions, reproduce } from './reproductions/reproduce.ts';
export type { Reproduction } from './reproductions/reproduction.ts';
export type { ReproductionResults } from './reproductions/results.ts';
export { ensureRule, ensureRuleOf, loadRule } from './rules/load-rule.ts';
export { evaluationRows, evaluationsOf, writeEventFiles } from './runs/export-runs.ts';
export { extendedConfig } from './runs/extended.ts';
export type { Curve, RunGroup } from './runs/group.ts';
export { generatedRows, type NumberRows, preparedRows } from './runs/number-rows.ts';
export { hasObjective } from './runs/readings-in-time.ts';
export {
  type Confusion,
  type DivergedRun,
  hasDiverged,
  type RunEvaluation,
  type RunOutcome,
  type RunResult,
} from './runs/result.ts';
export { type Resumable, readResumable } from './runs/resume.ts';
export { runFiles } from './runs/run-files.ts';
export { type RunTrainingOptions, runTraining } from './runs/run-training.ts';
export {
  findStoredRun,
  type ListedRun,
  readMetrics,
  readStoredRun,
  rowOf,
  runFolders,
  type StoredRun,
} from './runs/stored-run.ts';
export { type Inspection, inspectRun, verifyRun, withoutChecksum } from './runs/verify-run.ts';
export { type ComparedRun, type Ranking, rankings } from './studies/best-settings.ts';
export { countsOf, type Rung, rungsOf, type StudyCounts } from './studies/counts.ts';
export { loadStudyRules } from './studies/load-study-rules.ts';
export { parseStudy, studyNameIn } from './studies/parse-study.ts';
export { bestOf, bestRunOf, ranked } from './studies/ranked.ts';
export { writeStudyReport } from './studies/report/write-study-report.ts';
export {
  type Failure,
  markedNames,
  type StudyResults,
  samplesOf,
  settingsKey,
  type TrialResult,
  type TrialRun,
  valueWords,
} from './studies/results.ts';
export { studyJsonSchema } from './studies/schema.ts';
export { endSlurmTasks, slurmTasks, submitToSlurm } from './studies/slurm/jobs.ts';
export { findRuns } from './studies/store/find-runs.ts';
export { RunStore } from './studies/store/run-store.ts';
export { studyFiles, studyOfRun } from './studies/store/study-folder.ts';
export type { Study, Trial } from './studies/study.ts';
export { describeTables, tableWarnings } from './studies/sweep/data-of.ts';
export { prepareStudy } from './studies/sweep/prepare.ts';
export { runSweep, type SweepOptions, type SweepProgress } from './studies/sweep/run-sweep.ts';
export { type SweepStatus, stopSweep, sweepStatus } from './studies/sweep/status.ts';
export { SweepStopped } from './studies/sweep/sweep-stopped.ts';
export type { Table1Options } from './table-1/options.ts';
export { paper as table1Paper } from './table-1/paper.ts';
export { imagesLearned, table1Config } from './table-1/protocol.ts';
export { reproduceTable1, type Table1 } from './table-1/reproduce.ts';
export type { Accuracy, Table1Results, Verdict, WidthResults } from './table-1/results.ts';
export { type Width, widths } from './table-1/results.ts';
export { settings as table1Settings } from './table-1/settings.ts';
export { csv } from './tables/csv.ts';
export { parquet } from './tables/parquet.ts';
export { type PackedRuns, packRuns, type ToldRun, unpackRuns } from './watch/packed-runs.ts';
export type { RunCurve } from './watch/run-curve.ts';
export type { RunChanges, RunList } from './watch/run-list.ts';
export { RunWatch } from './watch/run-watch.ts';
export type { RunStatus, WatchedRun } from './watch/watched-run.ts';
