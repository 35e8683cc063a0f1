// What of this package needs no Node.js: what its name stands for where a bundler builds for browsers.
export { type Asked, askedOf } from './config/asked.ts';
export { defaultRunConfig, usualRates } from './config/default-config.ts';
export { type Batches, batchesOf, evaluationSchedule } from './config/evaluation-schedule.ts';
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
export { parseRunConfig } from './config/parse.ts';
export { isRulePath, type NamedRule, ruleOf, ruleOrName, ruleTitle } from './config/rule-of.ts';
export type { RuleModule, RunConfig, RunData } from './config/run-config.ts';
export type { Settings } from './config/settings.ts';
export { laidOver } from './config/synapse-names.ts';
export {
  optimiserWords,
  parseOptimiserWords,
  parseRateWords,
  parseStartWords,
  rateWords,
  startWords,
} from './config/words.ts';
export { panelNames, panels } from './figure-3/panels.ts';
export { type PaperPanel, paper } from './figure-3/paper.ts';
export { figure3Config, type Method, methods } from './figure-3/protocol.ts';
export type { PanelName } from './figure-3/results.ts';
export { learnedShare } from './models/learned-share.ts';
export { describeOwnTable } from './own-data/describe-data.ts';
export { compareSettings, differingNames, settingNames } from './query/columns.ts';
export { type Condition, parseCondition } from './query/condition.ts';
export { unmetComparisons } from './query/unmet.ts';
export { generatedRows, type NumberRows, preparedRows } from './runs/number-rows.ts';
export { type ComparedRun, type Ranking, rankings } from './studies/best-settings.ts';
export { paper as table1Paper } from './table-1/paper.ts';
export { imagesLearned, table1Config } from './table-1/protocol.ts';
export { type Width, widths } from './table-1/results.ts';
export { settings as table1Settings } from './table-1/settings.ts';
export { type PackedRuns, type ToldRun, unpackRuns } from './watch/packed-runs.ts';
export type { RunCurve } from './watch/run-curve.ts';
export type { RunStatus } from './watch/watched-run.ts';
