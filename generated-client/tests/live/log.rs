//! What a run did: a line for each step, and all failures again at the end.

/// The log of a run. Each line is also printed at once.
pub(crate) struct Log {
    /// The server, such as `Kimai 2.65.0`. Each failure begins with it.
    server: String,
    lines: Vec<String>,
    failures: Vec<String>,
    skipped: usize,
    secrets: Vec<String>,
}

impl Log {
    pub(crate) fn new(server: impl Into<String>, secrets: Vec<String>) -> Self {
        Self { server: server.into(), lines: Vec::new(), failures: Vec::new(), skipped: 0, secrets }
    }

    /// Adds a text that must not be printed.
    pub(crate) fn hide(&mut self, secret: &str) {
        self.secrets.push(secret.to_owned());
    }

    /// Adds what a step found.
    pub(crate) fn found(&mut self, operation: &str, what: &str) {
        self.add(&format!("{operation}: {what}"));
    }

    /// Adds a step that was not done, with the reason.
    pub(crate) fn skipped(&mut self, reason: &str) {
        self.skipped += 1;
        self.add(&format!("skipped: {reason}"));
    }

    /// Whether a step of this operation was not done.
    pub(crate) fn has_skipped(&self, operation: &str) -> bool {
        let start = format!("skipped: {operation}: ");
        self.lines.iter().any(|line| line.starts_with(&start))
    }

    /// Adds a step that failed.
    pub(crate) fn failed(&mut self, operation: &str, problem: &str) {
        self.add(&format!("FAILED: {operation}: {problem}"));
        let failure = self.redacted(&format!("{}: {operation}: {problem}", self.server));
        self.failures.push(failure);
    }

    /// Adds the last line.
    pub(crate) fn finish(&mut self) {
        let steps = self.lines.len() - self.skipped - self.failures.len();
        self.add(&format!("{steps} steps done, {} skipped, {} failed", self.skipped, self.failures.len()));
    }

    pub(crate) fn failures(&self) -> &[String] {
        &self.failures
    }

    pub(crate) fn text(&self) -> String {
        self.lines.join("\n") + "\n"
    }

    fn add(&mut self, line: &str) {
        let line = self.redacted(&line.replace('\n', " "));
        println!("{line}");
        self.lines.push(line);
    }

    fn redacted(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_failures_have_no_secrets() {
        let mut log = Log::new("Kimai 2.65.0", vec!["canary".to_owned()]);
        log.hide("parrot");
        log.found("tags.list", "canary and parrot");
        log.skipped("canary");
        log.failed("tags.create", "no canary\nand no parrot");
        log.finish();
        assert_eq!(
            log.text(),
            "tags.list: … and …\nskipped: …\nFAILED: tags.create: no … and no …\n1 steps done, 1 skipped, 1 failed\n"
        );
        assert_eq!(log.failures(), ["Kimai 2.65.0: tags.create: no …\nand no …"]);
    }
}
