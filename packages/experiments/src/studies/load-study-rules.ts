import { isRulePath } from '../config/rule-of.ts';
import { isRecord } from '../config/settings.ts';
import { ensureDataOf } from '../own-data/read-own-data.ts';
import { ensureRuleOf, loadRule } from '../rules/load-rule.ts';
import { StudySource } from './study-source.ts';

/** The SHA-256 sums of modules, by the paths that a study names them by. */
export type RuleSums = Readonly<Record<string, string>>;

/**
 * Loads the rules that the file of a study names by the paths of their modules, and reads the table that its base names, so that
 * `parseStudy` knows them.
 *
 * @param name the file's, for messages
 * @throws InputError for what is not YAML, a table that cannot be learned, and for modules that cannot be loaded or whose rule is none
 */
export async function loadStudyRules(text: string, name: string): Promise<void> {
  await loadRulesOf(new StudySource(text, name).value);
}

/** The same of a study, as its file has it or as it was read. */
export async function loadRulesOf(study: unknown): Promise<RuleSums> {
  if (!isRecord(study)) return {};
  const { base, axes } = study;
  await ensureRuleOf(base);
  await ensureDataOf(base);
  const parts = [base, ...(typeof axes === 'object' && axes !== null ? Object.values(axes) : [])];
  const sums: Record<string, string> = {};
  for (const path of new Set(parts.flatMap(textsIn).filter(isRulePath))) {
    const { ruleModule } = await loadRule(path);
    if (ruleModule) sums[path] = ruleModule.sha256;
  }
  return sums;
}

/** Where a rule may be named: in `rule` of the base, and among the values of an axis. */
function textsIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.filter((value) => typeof value === 'string');
  if (!isRecord(part)) return [];
  const { rule, values, scale } = part;
  return [rule, values, isRecord(scale) ? scale.values : []].flat().filter((value) => typeof value === 'string');
}
