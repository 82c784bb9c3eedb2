//! What a document becomes.

use codegen::api::{Api, LeftOut, Partial};
use codegen::document::Note;
use codegen::history::{History, Known};
use codegen::rust::{self, Files};

use crate::count::counted;
use crate::error::Error;
use crate::models::{self, Models};
use crate::own::Own;

/// Generated files, and what there is to say about them.
pub(crate) struct Made {
    pub(crate) files: Files,
    pub(crate) notes: Vec<Note>,
    pub(crate) left_out: Vec<LeftOut>,
    /// What the document was compared with, in words.
    pub(crate) compared: Option<String>,
    /// The numbers of operations, types, and kinds of ids.
    pub(crate) counts: (usize, usize, usize),
    /// The history, for a client as a whole.
    pub(crate) history: Option<(History, Known)>,
}

impl Made {
    /// The client for a document of one's own.
    pub(crate) fn of_own(model: Partial, own: &Own, models: &Models, known: Known) -> Result<Self, Error> {
        let history = own.history(&model.api, models, &known)?;
        Self::new(model, history, known)
    }

    /// The client for a release of specs/.
    pub(crate) fn of_release(model: Partial, history: History, known: Known) -> Result<Self, Error> {
        Self::new(model, history, known)
    }

    /// The client for all supported releases; `newest` is the model of the newest.
    pub(crate) fn of_all_releases(newest: Partial, models: Models, known: Known) -> Result<Self, Error> {
        let history = History::new(&models, &known).map_err(Error::Generate)?;
        let model = match models::united(models, &known)? {
            Some((api, more)) => Partial { api, notes: [newest.notes, more].concat(), ..newest },
            None => newest,
        };
        Self::new(model, history, known)
    }

    fn new(model: Partial, history: History, known: Known) -> Result<Self, Error> {
        let Partial { api, notes, left_out } = model;
        let files = rust::generate(&api, &history).map_err(Error::Generate)?;
        let compared = api.is_kimai.then(|| {
            let releases = counted(history.releases().len(), "release", "releases");
            format!("{releases}, {}", counted(history.lives().count(), "part of the API", "parts of the API"))
        });
        Ok(Self { files, notes, left_out, compared, counts: counts(&api), history: Some((history, known)) })
    }
}

fn counts(api: &Api) -> (usize, usize, usize) {
    (api.operations.len(), api.types.len(), api.ids.len())
}
