import { isRulePath } from '../config/rule-of.ts';
import { isRecord } from '../config/settings.ts';
import { ensureRuleOf, loadRule } from '../rules/load-rule.ts';
import { StudySource } from './study-source.ts';

/**
 * Loads the rules that the file of a study names by the paths of their modules, so that `parseStudy` knows them.
 *
 * @param name the file's, for messages
 * @throws InputError for what is not YAML, and for modules that cannot be loaded or whose rule is none
 */
export async function loadStudyRules(text: string, name: string): Promise<void> {
  const { value } = new StudySource(text, name);
  if (!isRecord(value)) return;
  const { base, axes } = value;
  await ensureRuleOf(base);
  const named = [base, ...(isRecord(axes) ? Object.values(axes) : [])].flatMap(textsIn);
  for (const path of new Set(named.filter(isRulePath))) await loadRule(path);
}

/** Where a rule may be named: in `rule` of the base, and among the values of an axis. */
function textsIn(part: unknown): string[] {
  const values = Array.isArray(part) ? part : isRecord(part) ? [part.rule, part.values].flat() : [];
  return values.filter((value) => typeof value === 'string');
}
