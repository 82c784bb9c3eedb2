//! The program behind `cargo xtask serve`.

#[path = "../serve/arguments.rs"]
mod arguments;

use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use arguments::Arguments;
use clap::Parser;
use generated_client::Release;
use generated_client::test_server::TestServer;

/// The exit codes of `cargo xtask`.
const USAGE: u8 = 2;
const FAILED: u8 = 3;

#[derive(Parser)]
struct Program {
    #[command(flatten)]
    arguments: Arguments,
}

fn main() -> ExitCode {
    let Program { arguments } = Program::parse();
    match serve(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, problem)) => {
            let _ = writeln!(std::io::stderr(), "error: {problem}");
            ExitCode::from(code)
        }
    }
}

/// Serves until the process is stopped. An error is an exit code and a message.
fn serve(arguments: &Arguments) -> Result<(), (u8, String)> {
    let mut builder = TestServer::builder().port(arguments.port);
    if let Some(text) = &arguments.release {
        let release: Release =
            text.parse().map_err(|_| (USAGE, format!("'{text}' is no release: write 2.65.0, for example")))?;
        builder = builder.release(release);
    }
    if arguments.empty {
        builder = builder.empty();
    }
    let server = builder.start().map_err(|problem| match problem.kind() {
        ErrorKind::InvalidInput => {
            (USAGE, format!("--release {}: {problem}", arguments.release.as_deref().unwrap_or_default()))
        }
        _ => (FAILED, format!("cannot serve on port {}: {problem}; choose another with --port", arguments.port)),
    })?;
    // Whoever reads this is gone, if it cannot be written.
    let _ = writeln!(std::io::stdout(), "{}", greeting(&server));
    loop {
        std::thread::park();
    }
}

fn greeting(server: &TestServer) -> String {
    let mut text = format!("Kimai {} in memory, on {}\n\n", server.release(), server.url());
    let has_tokens = server.release() >= Release::new(2, 14, 0);
    let token = |token: &str| if has_tokens { token.to_owned() } else { String::from("(since 2.14)") };
    let rows = server
        .users()
        .iter()
        .map(|user| [user.name, user.role, user.time_zone, &token(&user.token), &user.password].map(str::to_owned));
    let titles = ["user", "role", "time zone", "API token", "API password"].map(str::to_owned);
    for [name, role, zone, token, password] in std::iter::once(titles).chain(rows) {
        text += format!("{name:<14} {role:<17} {zone:<17} {token:<23} {password}").trim_end();
        text.push('\n');
    }
    text + "\nThe data is gone when the server stops: press Ctrl+C."
}
