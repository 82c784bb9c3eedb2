//! The end of each command's help: remarks, two examples, and the exit codes.

use super::server;

/// The exit codes of all commands, for `cargo xtask --help`.
pub(crate) const EXIT_CODES: &str = "\
Exit codes of all commands:
  0  done
  1  the command found what it looks for; the help of the command says what
  2  wrong arguments
  3  something cannot be read, written, generated, compiled or reached";

/// What follows the options of a command.
struct End {
    remarks: &'static str,
    /// Arguments, and what they are for.
    examples: [(&'static str, &'static str); 2],
    /// When the command exits with 1, if it ever does.
    findings: Option<&'static str>,
}

impl End {
    fn text(&self) -> String {
        let mut text = String::new();
        if !self.remarks.is_empty() {
            text.push_str(self.remarks);
            text.push_str("\n\n");
        }
        text.push_str("Examples:\n");
        for (arguments, meaning) in self.examples {
            text.push_str(&format!("  cargo xtask {arguments}\n      {meaning}\n"));
        }
        text.push_str("\nExit codes:\n  0  done\n");
        if let Some(findings) = self.findings {
            text.push_str(&format!("  1  {findings}\n"));
        }
        text.push_str("  2  wrong arguments\n");
        text.push_str("  3  something cannot be read, written, generated, compiled or reached");
        text
    }
}

pub(crate) fn regenerate() -> String {
    let end = End {
        remarks: server::HELP,
        examples: [
            ("regenerate", "the client for all supported releases of Kimai"),
            ("regenerate --spec mine.json --kimai 2.65.0", "a client from your own document, with its plugins"),
        ],
        findings: Some("with --check: files are not up to date"),
    };
    end.text()
}

pub(crate) fn fetch() -> String {
    let end = End {
        remarks: server::HELP,
        examples: [
            ("fetch https://kimai.example.com", "the document of a running server, which says its release"),
            ("fetch --from kimai.json --kimai 2.65.0", "a file that somebody saved"),
        ],
        findings: None,
    };
    end.text()
}

pub(crate) fn intake() -> String {
    let end = End {
        remarks: server::HELP,
        examples: [
            ("intake https://kimai.example.com", "take in the release of a running server"),
            ("intake kimai.json --kimai 2.66.0", "take in a release from a file"),
        ],
        findings: None,
    };
    end.text()
}

pub(crate) fn diff() -> String {
    let end = End {
        remarks: server::HELP,
        examples: [
            ("diff 2.57.0 2.65.0 --used-by ../my-tool", "what an update of Kimai changes for your program"),
            ("diff main:mine.yaml mine.yaml --fail-on breaking", "fail if your document breaks what worked in main"),
        ],
        findings: Some("there are changes that --fail-on names"),
    };
    end.text()
}

pub(crate) fn audit() -> String {
    let end = End {
        remarks: "\
With a URL, the command sends GET requests only, and leaves out those that change something on the
server. Credentials are read from the environment and never stored:
  KIMAI_TOKEN                     API token
  KIMAI_USER, KIMAI_API_PASSWORD  user name and API password, if there is no token",
        examples: [
            ("audit recording.har", "compare what a browser recorded with the document"),
            ("audit https://kimai.example.com --fail-on breaking", "ask a server, and fail if a client cannot read it"),
        ],
        findings: Some("there is a finding that --fail-on names"),
    };
    end.text()
}

pub(crate) fn record() -> String {
    let end = End {
        remarks: server::API_HELP,
        examples: [
            ("record https://kimai.example.com --out kimai.har", "all that the server tells this user"),
            ("record https://kimai.example.com --out kimai.har --max-requests 50 --rate 1", "less of it, and slowly"),
        ],
        findings: None,
    };
    end.text()
}

pub(crate) fn check_releases() -> String {
    let end = End {
        remarks: "",
        examples: [
            ("check-releases --spread 12", "twelve releases from the oldest to the newest"),
            ("check-releases 2.64.0 2.65.0", "these two"),
        ],
        findings: Some("a client does not compile"),
    };
    end.text()
}

pub(crate) fn postman() -> String {
    let end = End {
        remarks: "",
        examples: [
            ("postman --out collection.json", "all requests of the newest release, to be imported into Postman"),
            ("postman --release 2.20.0 --format http --out requests.http", "those of an older one, for an editor"),
        ],
        findings: None,
    };
    end.text()
}

pub(crate) fn history() -> String {
    let end = End {
        remarks: "",
        examples: [
            ("history --fields Timesheet", "which release has which fields of a type"),
            ("history --since 2.40 --format markdown", "what each release changed since 2.40"),
        ],
        findings: None,
    };
    end.text()
}

pub(crate) fn completions() -> String {
    let end = End {
        remarks: "\
A shell completes a command by its first word, so the script takes the completion of `cargo`: it
completes `cargo xtask` itself, and leaves all else to the completion that cargo had before. Load it
after that one:
  bash  add this to ~/.bashrc: source ~/.cargo-xtask.bash
  zsh   add this to ~/.zshrc, after compinit: source ~/.cargo-xtask.zsh
  fish  write it to ~/.config/fish/conf.d/cargo-xtask.fish
Write the script again when commands or options change.",
        examples: [
            ("completions bash > ~/.cargo-xtask.bash", "the script for bash"),
            ("completions fish > ~/.config/fish/conf.d/cargo-xtask.fish", "the script for fish"),
        ],
        findings: None,
    };
    end.text()
}

pub(crate) fn serve() -> String {
    let end = End {
        remarks: "",
        examples: [
            ("serve", "the newest release with sample data, on port 8001"),
            ("serve --release 2.20.0 --port 9000 --empty", "an older release without data"),
        ],
        findings: None,
    };
    end.text()
}
