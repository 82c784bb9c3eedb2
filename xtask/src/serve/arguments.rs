/// A server to try things out: a Kimai in memory, on a port of this machine.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The port.
    #[arg(long, default_value_t = 8001)]
    pub(crate) port: u16,
    /// The release of Kimai whose API the server has; the newest one by default.
    #[arg(long)]
    pub(crate) release: Option<String>,
    /// Start without sample data. The users are there all the same.
    #[arg(long)]
    pub(crate) empty: bool,
}
