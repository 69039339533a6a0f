// Runs axe with the rules that are asked for, else with all that are not experimental, and writes what it finds in lines.

const [wanted, done] = arguments;
const settled = (rule) => !rule.tags.some((tag) => tag === "experimental" || tag === "deprecated");
const rules = wanted.length ? wanted : axe.getRules().filter(settled).map((rule) => rule.ruleId);
const lines = (results) =>
  results.flatMap((result) =>
    result.nodes.map((node) => `${result.id}: ${node.failureSummary?.replace(/\s+/g, " ")} ${node.target} ${node.html}`));
axe.run(document, { runOnly: { type: "rule", values: rules } }).then(
  ({ violations, incomplete, passes }) =>
    done({ violations: lines(violations), incomplete: lines(incomplete), passed: passes.length }),
  (error) => done({ error: String(error) }),
);
