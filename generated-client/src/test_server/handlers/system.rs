//! The server itself: version, plugins and settings.

use serde_json::{Value, json};

use crate::test_server::colors;
use crate::test_server::kimai::Context;
use crate::test_server::message::{Answer, Refusal, Reply};
use crate::test_server::object::Object;
use crate::test_server::tracking::TrackingMode;
use crate::test_server::view;

pub(super) fn answer(context: &mut Context<'_>, operation: &str) -> Answer {
    let body = match operation {
        "ping" => json!({"message": "pong"}),
        "plugins" => json!([]),
        "version" => version(context),
        "colors" => colors::palette(),
        "i18n" => i18n(context),
        "timesheet" => tracking(context),
        _ => return Err(Refusal::unknown()),
    };
    Ok(Reply::json(&body))
}

fn version(context: &Context<'_>) -> Value {
    let release = context.release();
    let id = release.major() * 10000 + release.minor() * 100 + release.patch();
    Object::new(release)
        .with("version", release.to_string())
        .with("versionId", id)
        .until([2, 0, 0], "candidate", "stable")
        .until([2, 0, 0], "semver", format!("{release}-stable"))
        .until([2, 0, 0], "name", "Ayumi")
        .with("copyright", format!("Kimai {release}: a test server without a Kimai"))
        .done()
}

fn i18n(context: &Context<'_>) -> Value {
    let zone = context.zone();
    Object::new(context.release())
        .with("formDate", "yyyy-MM-dd")
        .with("dateTime", "m-d H:i")
        .with("date", "Y-m-d")
        .with("time", "H:i")
        .with("duration", "%h:%m h")
        .with("is24hours", true)
        .with("now", view::time(context.kimai.now(), &zone))
        .done()
}

fn tracking(context: &Context<'_>) -> Value {
    let mode = match context.kimai.mode {
        TrackingMode::Default => "default",
        TrackingMode::Punch => "punch",
        TrackingMode::DurationFixedBegin => "duration_fixed_begin",
    };
    Object::new(context.release())
        .with("trackingMode", mode)
        .with("defaultBeginTime", "now")
        .with("activeEntriesHardLimit", 1)
        .with("isAllowFutureTimes", true)
        .with("isAllowOverlapping", true)
        .until([2, 0, 0], "activeEntriesSoftLimit", 1)
        .done()
}
