//! A page in the browser, as a person uses it.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Url;
use serde_json::{Value, json};

use super::driver::Driver;

/// The key of an element in responses.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// No picture has to show more of a long page.
const TALLEST: u32 = 4000;

/// A size of the window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) name: &'static str,
    width: u32,
    height: u32,
}

pub(crate) const DESKTOP: Size = Size { name: "desktop", width: 1280, height: 900 };
pub(crate) const PHONE: Size = Size { name: "phone", width: 360, height: 740 };

/// The only tab of a browser.
pub(crate) struct Tab {
    driver: Driver,
    size: Size,
    scheme: &'static str,
}

impl Tab {
    pub(crate) fn new() -> Self {
        let mut tab = Self { driver: Driver::start(), size: DESKTOP, scheme: "light" };
        tab.resize(DESKTOP);
        tab.scheme("light");
        tab
    }

    /// Sets the size of the window.
    pub(crate) fn resize(&mut self, size: Size) {
        self.size = size;
        let metrics = json!({"width": size.width, "height": size.height, "deviceScaleFactor": 1, "mobile": false});
        self.driver.devtools("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// `light` or `dark`.
    pub(crate) fn scheme(&mut self, scheme: &'static str) {
        self.scheme = scheme;
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.driver.devtools("Emulation.setEmulatedMedia", &json!({"features": features}));
    }

    /// Whether pages may run scripts.
    pub(crate) fn scripts(&self, are_on: bool) {
        self.driver.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": !are_on}));
    }

    /// Opens a file anew, with this fragment.
    pub(crate) fn open(&self, file: &Path, fragment: &str) {
        // What differs in nothing but the fragment would not be loaded again.
        self.driver.ask("url", &json!({"url": "about:blank"}));
        let mut url = Url::from_file_path(file).unwrap();
        url.set_fragment((!fragment.is_empty()).then_some(fragment));
        self.driver.ask("url", &json!({"url": url.as_str()}));
    }

    /// Opens the page at an address.
    pub(crate) fn visit(&self, url: &str) {
        self.driver.ask("url", &json!({"url": url}));
    }

    /// Runs a script, and takes what it returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.driver.ask("execute/sync", &json!({"script": script, "args": []}))
    }

    fn element(&self, selector: &str) -> String {
        let found = self.driver.ask("element", &json!({"using": "css selector", "value": selector}));
        found[ELEMENT].as_str().unwrap().to_owned()
    }

    /// Clicks what the selector finds first.
    pub(crate) fn click(&self, selector: &str) {
        self.driver.ask(&format!("element/{}/click", self.element(selector)), &json!({}));
    }

    /// Types into what the selector finds first.
    pub(crate) fn write(&self, selector: &str, text: &str) {
        self.driver.ask(&format!("element/{}/value", self.element(selector)), &json!({"text": text}));
    }

    /// Presses keys one after the other, wherever the focus is.
    pub(crate) fn press(&self, keys: &[&str]) {
        let strokes = keys.iter().flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key})));
        let source = json!({"type": "key", "id": "keyboard", "actions": strokes.collect::<Vec<_>>()});
        self.driver.ask("actions", &json!({"actions": [source]}));
    }

    /// The texts of what the selector finds and a person sees.
    pub(crate) fn seen(&self, selector: &str) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll({})].filter((one) => one.checkVisibility()) \
             .map((one) => one.textContent.trim().replace(/\\s+/g, ' '))",
            json!(selector)
        );
        serde_json::from_value(self.run(&script)).unwrap()
    }

    /// The fragment of the address.
    pub(crate) fn fragment(&self) -> String {
        self.run("return location.hash").as_str().unwrap().to_owned()
    }

    /// What the console says since it was asked last.
    pub(crate) fn console(&self) -> Vec<String> {
        let log = self.driver.ask("se/log", &json!({"type": "browser"}));
        log.as_array().unwrap().iter().map(|entry| entry["message"].as_str().unwrap().to_owned()).collect()
    }

    /// Checks what holds for all pages: they fit, say nothing in the console, and load nothing.
    pub(crate) fn check(&self) {
        assert_eq!(self.run("return innerWidth"), json!(self.size.width));
        assert!(self.width() <= self.size.width, "{} is {} wide", self.address(), self.width());
        let loads = self.run("return performance.getEntriesByType('resource').map((entry) => entry.name)");
        assert_eq!(loads, json!([]), "{}", self.address());
        assert_eq!(self.console(), Vec::<String>::new(), "{}", self.address());
    }

    /// How wide the page is, also where it does not fit the window.
    pub(crate) fn width(&self) -> u32 {
        serde_json::from_value(self.run("return document.documentElement.scrollWidth")).unwrap()
    }

    fn address(&self) -> String {
        self.run("return location.href").as_str().unwrap().to_owned()
    }

    /// Keeps a picture of the page from its top on.
    pub(crate) fn picture(&self, name: &str) {
        let height = self.run(&format!("return Math.min(document.documentElement.scrollHeight, {TALLEST})"));
        let clip = json!({"x": 0, "y": 0, "width": self.size.width, "height": height, "scale": 1});
        let picture =
            self.driver.devtools("Page.captureScreenshot", &json!({"captureBeyondViewport": true, "clip": clip}));
        let bytes = STANDARD.decode(picture["data"].as_str().unwrap()).unwrap();
        let folder = folder("screenshots");
        fs::write(folder.join(format!("{name}-{}-{}.png", self.size.name, self.scheme)), bytes).unwrap();
    }

    /// Pictures in both schemes.
    pub(crate) fn pictures(&mut self, name: &str) {
        for scheme in ["dark", "light"] {
            self.scheme(scheme);
            self.picture(name);
        }
    }
}

/// A folder for what the tests leave behind.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}
