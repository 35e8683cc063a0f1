// What of this package needs no Node.js: what its name stands for where a bundler builds for browsers.
export { evaluationSchedule } from './config/evaluation-schedule.ts';
export { parseRunConfig } from './config/parse.ts';
export type { RunConfig } from './config/run-config.ts';
export type { Settings } from './config/settings.ts';
export { defaultRunConfig } from './figure-3/default-config.ts';
export { panelNames, panels } from './figure-3/panels.ts';
export { type PaperPanel, paper } from './figure-3/paper.ts';
export { figure3Config, type Method, methods } from './figure-3/protocol.ts';
export type { PanelName } from './figure-3/results.ts';
export { compareSettings, differingNames, settingNames } from './query/columns.ts';
export { type Condition, parseCondition } from './query/condition.ts';
export { bestSettings, type ComparedRun, type SettingsResult } from './studies/best-settings.ts';
export { paper as table1Paper } from './table-1/paper.ts';
export { imagesLearned, table1Config } from './table-1/protocol.ts';
export { type Width, widths } from './table-1/results.ts';
export { settings as table1Settings } from './table-1/settings.ts';
export type { RunCurve } from './watch/run-curve.ts';
export type { RunStatus, WatchedRun } from './watch/watched-run.ts';
