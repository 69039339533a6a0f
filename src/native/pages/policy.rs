//! The policy of a page (Content-Security-Policy, in a `<meta>`), with what the service worker needs.

/// The name of the Trusted Types policy of `static/offline.js`.
const TYPES: &str = "release-viewer";

/// A policy that lets the page start the service worker beside it. What it allows already stays as it is.
pub(super) fn with_worker(policy: &str) -> String {
    let mut rules: Vec<String> = policy
        .split(';')
        .map(|rule| rule.trim().to_owned())
        .filter(|rule| !rule.is_empty())
        .collect();
    // Without this directive any name is allowed.
    admit(&mut rules, "trusted-types", &[TYPES, "*"]);
    if !admit(&mut rules, "worker-src", &["'self'", "*"])
        && ["child-src", "script-src", "default-src"].iter().any(|name| has(&rules, name))
    {
        rules.push("worker-src 'self'".to_owned());
    }
    rules.join("; ")
}

/// Adds the first of these values to a directive that has none of them; says whether there is one.
fn admit(rules: &mut [String], name: &str, values: &[&str]) -> bool {
    let Some(rule) = rules.iter_mut().find(|rule| is(rule, name)) else { return false };
    if !rule.split_ascii_whitespace().skip(1).any(|value| values.contains(&value)) {
        // Nothing may stand beside 'none'.
        let kept =
            rule.split_ascii_whitespace().filter(|value| !value.eq_ignore_ascii_case("'none'"));
        *rule = kept.chain(values.first().copied()).collect::<Vec<_>>().join(" ");
    }
    true
}

fn has(rules: &[String], name: &str) -> bool {
    rules.iter().any(|rule| is(rule, name))
}

fn is(rule: &str, name: &str) -> bool {
    rule.split_ascii_whitespace().next().is_some_and(|own| own.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::with_worker;

    #[test]
    fn the_strictest_policy_lets_the_worker_in_and_nothing_else() {
        for (policy, wanted) in [
            (
                "default-src 'none'; script-src 'self'; trusted-types 'none'",
                "default-src 'none'; script-src 'self'; trusted-types release-viewer; worker-src 'self'",
            ),
            (
                "worker-src 'none'; trusted-types dompurify;",
                "worker-src 'self'; trusted-types dompurify release-viewer",
            ),
            (
                "Trusted-Types *; child-src https://a.example",
                "Trusted-Types *; child-src https://a.example; worker-src 'self'",
            ),
            ("img-src 'self'", "img-src 'self'"),
            ("", ""),
        ] {
            assert_eq!(with_worker(policy), wanted);
            assert_eq!(with_worker(wanted), wanted);
        }
    }
}
