//! The server: its version, plugins and settings.

use generated_client::{Client, Release};

use super::listed;
use crate::run::Run;

pub(super) async fn read(run: &mut Run, kimai: &Client) {
    run.step("system.ping", kimai.system().ping(), |pong| {
        assert_eq!(pong.message, "pong");
        "pong"
    })
    .await;
    run.step("system.version", kimai.system().version(), |version| {
        let release: Release = version.version.parse().unwrap();
        assert_eq!(Some(release), kimai.server_version());
        format!("Kimai {release}")
    })
    .await;
    run.step("system.plugins", kimai.system().plugins(), listed).await;
    run.step("config.timesheet", kimai.config().timesheet(), |config| {
        format!("the tracking mode is {}", config.tracking_mode)
    })
    .await;
    run.step("config.colors", kimai.config().colors(), |colors| format!("{} colors", colors.len())).await;
    run.step("config.i18n", kimai.config().i18n(), |config| format!("dates are written as {}", config.date)).await;
}
