//! A page on this machine that sends requests to Kimai and shows the JSON, like the API demo in Kimai's manual.
//!
//! ```console
//! $ cargo run --package generated-client --example api_demo -- --demo
//! $ cargo run --package generated-client --example api_demo -- --url https://kimai.example.com
//! ```
//!
//! The credentials are in the memory of this program only. The page has a random number in their place, which is worth
//! nothing elsewhere. `guard.rs` keeps other web pages out.

mod answer;
mod app;
mod body;
mod calls;
mod credentials;
mod guard;
mod json_text;
mod pages;
mod serve;
mod sign_in;

use std::io::Write as _;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Duration;

use app::App;
use clap::Parser;
use generated_client::test_server::TestServer;
use generated_client::{Auth, Client};
use tokio::net::TcpListener;

/// Serves a page on this machine that sends requests to Kimai and shows the JSON.
#[derive(Parser)]
struct Arguments {
    /// The port of the page; 0 is a free one.
    #[arg(long, default_value_t = 8002)]
    port: u16,
    #[arg(long, help = "The address of Kimai that the page suggests, such as https://kimai.example.com")]
    url: Option<String>,
    /// Try it with a Kimai in memory, which is gone at the end.
    #[arg(long, conflicts_with = "url")]
    demo: bool,
    /// Sign out after this time without a request.
    #[arg(long, value_name = "SECONDS", default_value_t = 1800, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    sign_out_after: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    if let Some(url) = &arguments.url {
        // A URL with a password in it would be shown on the page.
        Client::new(url, Auth::bearer("none yet")).map_err(|error| format!("--url: {error}"))?;
    }
    let demo = arguments.demo.then(TestServer::start).transpose();
    let demo = demo.map_err(|problem| format!("cannot start the demo server: {problem}"))?;
    let port = arguments.port;
    let cannot = |problem| format!("cannot serve on port {port}: {problem}; choose another one with --port");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(cannot)?;
    let port = listener.local_addr().map_err(cannot)?.port();

    if let Some(server) = &demo {
        eprintln!("This is a demo: Kimai {} in memory, on {}", server.release(), server.url());
    }
    // Whoever reads this is gone, if it cannot be written.
    let _ = writeln!(std::io::stdout(), "Open http://127.0.0.1:{port}/ in a browser; Ctrl+C stops it.");
    let app = App::new(port, arguments.url, demo, Duration::from_secs(arguments.sign_out_after));
    serve::run(listener, app).await;
    Ok(())
}
