// Runs axe with the rules that are asked for, else with all that are not experimental, in the whole page or within one
// element, and writes what it finds in lines.

const [wanted, within, done] = arguments;
const settled = (rule) => !rule.tags.some((tag) => tag === "experimental" || tag === "deprecated");
// Without `preload`: to read style sheets it would put some of its own into the page, which the policy reports.
const rules = wanted.length ? wanted : axe.getRules().filter(settled).map((rule) => rule.ruleId);
const lines = (results) =>
  results.flatMap((result) =>
    result.nodes.map((node) => `${result.id}: ${node.failureSummary?.replace(/\s+/g, " ")} ${node.target} ${node.html}`));
axe.run(within ? document.querySelector(within) : document, { runOnly: { type: "rule", values: rules }, preload: false }).then(
  ({ violations, incomplete, passes }) =>
    done({ violations: lines(violations), incomplete: lines(incomplete), passed: passes.length }),
  (error) => done({ error: String(error) }),
);
