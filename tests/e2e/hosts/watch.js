// Runs before all scripts of a page: writes down what goes wrong there, and what viewers report.

(() => {
  const watched = { reports: [], events: [] };
  Object.defineProperty(window, "watched", { value: watched });
  // For tests that compare: what they keep shall be no global of its own.
  watched.kept = { numbers: new WeakMap(), last: 0 };
  addEventListener("securitypolicyviolation", (report) =>
    watched.reports.push(`policy: ${report.effectiveDirective} ${report.blockedURI} ${report.sourceFile}:${report.lineNumber}`));
  addEventListener("error", ({ message }) => watched.reports.push(`error: ${message}`));
  addEventListener("unhandledrejection", ({ reason }) => watched.reports.push(`rejection: ${reason?.stack ?? reason}`));
  for (const name of ["rv-ready", "rv-navigate", "rv-search", "rv-error"]) {
    addEventListener(name, ({ detail, target, cancelable, bubbles, composed }) =>
      watched.events.push({ name, detail, cancelable, bubbles, composed, of: target.id || target.className }));
  }
})();
