//! Builds operations from the paths of the document.

use std::collections::{BTreeMap, HashMap, HashSet};

use openapiv3::{OpenAPI, PathStyle, ReferenceOr, SchemaKind};

use super::answers::is_gone;
use super::drafts::{Draft, pairs};
use super::extensions::{EXAMPLE, Extensions, FULL, INTERNAL, NAME, REPLACED_BY, RESOURCES, WRITES};
use super::failure::{Cause, Failure};
use super::headers;
use super::parameters::{Declared, combine, selects_full};
use super::paths::Part;
use super::security::permissions;
use super::{
    Answer, Builder, Full, Operation, ParameterPlace, ParameterValue, PathParameter, Resource, Scalar, Segment, Type,
};
use crate::{Error, Pointer, names};

/// All operations, responses first, so that the names of requests do not conflict with theirs.
pub(super) fn build(builder: &mut Builder<'_>) -> Result<Vec<Operation>, Failure> {
    let mut drafts = builder.drafts()?;
    let pairs = pairs(&drafts);
    for draft in &mut drafts {
        builder.answers(draft).map_err(|error| Failure::of_operation(&draft.pointer, error))?;
    }
    let mut operations = Vec::new();
    for draft in &drafts {
        operations.push(builder.operation(draft, &pairs)?);
    }
    operations.sort_by(|a, b| (&a.resource, &a.template, a.method).cmp(&(&b.resource, &b.template, b.method)));
    check_names(&operations)?;
    Ok(operations)
}

impl<'a> Builder<'a> {
    fn operation(&mut self, draft: &Draft<'a>, pairs: &HashSet<String>) -> Result<Operation, Failure> {
        let failed = |error| Failure::of_operation(&draft.pointer, error);
        let mut parameters = Parameters::default();
        let mut optional = Vec::new();
        for (parameter, place) in self.all_parameters(draft).map_err(failed)? {
            if self.is_left_out(&place) {
                continue;
            }
            let is_optional = !parameter.parameter_data_ref().required;
            if is_optional {
                optional.push(place.clone());
            }
            if let Err(error) = self.declare(parameter, &place, draft, &mut parameters) {
                // The server does without it, so the client can.
                let is_optional = is_optional && matches!(error, Error::Unsupported { .. });
                return Err(if is_optional { Failure::new(Cause::Parameter(place), error) } else { failed(error) });
            }
        }
        self.with_parameters(draft, parameters, pairs).map_err(|error| match &error {
            // Two parameters would have the same name.
            Error::NameConflict { pointer, .. } if optional.contains(pointer) => {
                Failure::new(Cause::Parameter(pointer.clone()), error)
            }
            _ => failed(error),
        })
    }

    /// Adds a parameter to those of the operation.
    fn declare(
        &mut self,
        parameter: &'a openapiv3::Parameter,
        place: &Pointer,
        draft: &Draft<'a>,
        all: &mut Parameters<'a>,
    ) -> Result<(), Error> {
        let data = parameter.parameter_data_ref();
        let resource = draft.template.resource();
        if let openapiv3::Parameter::Header { .. } = parameter
            && headers::is_ignored(&data.name)
        {
            self.note(place, headers::IGNORED);
            return Ok(());
        }
        let place_in = match parameter {
            openapiv3::Parameter::Path { style, .. } if *style != PathStyle::Simple => {
                return Err(Error::Unsupported {
                    pointer: place.clone(),
                    what: "a path parameter with a style other than 'simple'".to_owned(),
                    instead: "declare it with style 'simple'".to_owned(),
                });
            }
            openapiv3::Parameter::Path { .. } => {
                let parameter = self.path_parameter(data, &draft.template, place)?;
                all.in_path.insert(&data.name, (parameter, place.clone()));
                return Ok(());
            }
            openapiv3::Parameter::Query { .. }
                if selects_full(data, Extensions::new(&draft.source.extensions, &draft.pointer)) =>
            {
                all.full = draft.full.clone().map(|answer| Full {
                    wire: data.name.clone(),
                    value: full_value(data).to_owned(),
                    since: String::new(),
                    answer,
                });
                return Ok(());
            }
            openapiv3::Parameter::Query { .. } => ParameterPlace::Query,
            openapiv3::Parameter::Header { .. } => {
                headers::check_header(&data.name, place)?;
                ParameterPlace::Header
            }
            openapiv3::Parameter::Cookie { .. } => {
                headers::check_cookie(&data.name, place)?;
                ParameterPlace::Cookie
            }
        };
        let style = match parameter {
            openapiv3::Parameter::Query { style, .. } => Some(style),
            _ => None,
        };
        all.declared.push(self.parameter(data, place_in, style, resource, place)?);
        Ok(())
    }

    /// The path, with its parameters.
    fn path(
        &mut self,
        draft: &Draft<'a>,
        mut in_path: HashMap<&'a str, (PathParameter, Pointer)>,
    ) -> Result<Vec<Segment>, Error> {
        let mut path = Vec::new();
        let mut arguments: HashMap<String, Pointer> = HashMap::new();
        for part in &draft.template.parts {
            let name = match part {
                Part::Literal(text) => {
                    path.push(Segment::Literal((*text).to_owned()));
                    continue;
                }
                Part::Parameter(name) => name,
            };
            let (parameter, pointer) = in_path.remove(name).ok_or_else(|| Error::Malformed {
                pointer: draft.pointer.clone(),
                problem: format!("the path contains {{{name}}}, which is not declared as a path parameter"),
            })?;
            if let Some(other) = arguments.insert(parameter.name.clone(), pointer.clone()) {
                return Err(Error::NameConflict {
                    pointer,
                    other,
                    name: parameter.name,
                    instead: "give one of them another name with x-rust-name in an overlay",
                });
            }
            path.push(Segment::Parameter(parameter));
        }
        let mut unused: Vec<(&str, Pointer)> = in_path.into_iter().map(|(name, (_, place))| (name, place)).collect();
        unused.sort_unstable();
        for (name, place) in unused {
            self.note(&place, format!("the path does not contain the parameter {name}: it is ignored"));
        }
        Ok(path)
    }

    fn with_parameters(
        &mut self,
        draft: &Draft<'a>,
        parameters: Parameters<'a>,
        pairs: &HashSet<String>,
    ) -> Result<Operation, Error> {
        let source = draft.source;
        let extensions = Extensions::new(&source.extensions, &draft.pointer);
        let Parameters { in_path, mut declared, full } = parameters;
        let path = self.path(draft, in_path)?;
        let body = self.body(draft, &mut declared)?;
        let commands = body.is_none();
        let has_pair = pairs.contains(&draft.template.anonymous());
        let name = match extensions.text(NAME)? {
            Some(name) => names::method(name),
            None => names::method(&draft.template.method_name(draft.method, has_pair, commands)),
        };
        let parameters = combine(declared, &path)?;
        if draft.full.is_some() && full.is_none() {
            return Err(extensions
                .malformed(FULL, "the operation has no query parameter 'full'; an operation with this parameter"));
        }
        let pages = |answer: &Answer| page(answer, &parameters);
        Ok(Operation {
            method: draft.method,
            path,
            outside_api: draft.template.outside_api,
            template: draft.path.to_owned(),
            resource: draft.resource.clone(),
            name,
            doc: source.description.clone().unwrap_or_default(),
            since: String::new(),
            example: extensions.text(EXAMPLE)?.map(str::to_owned),
            permissions: permissions(source, self.openapi.security.as_deref()),
            plugin: false,
            internal: extensions.flag(INTERNAL)?.unwrap_or(false),
            writes: extensions.flag(WRITES)?.unwrap_or(false),
            deprecated: source.deprecated,
            replacement: extensions.text(REPLACED_BY)?.map(str::to_owned),
            gone: is_gone(&source.responses),
            answer: pages(&draft.answer),
            full: full.map(|full| Full { answer: pages(&full.answer), ..full }),
            parameters,
            body,
            pointer: draft.pointer.clone(),
        })
    }

    /// The parameters of the operation, and those of its path that it does not replace.
    fn all_parameters(&self, draft: &Draft<'a>) -> Result<Vec<(&'a openapiv3::Parameter, Pointer)>, Error> {
        let mut all: Vec<(&'a openapiv3::Parameter, Pointer)> = Vec::new();
        let own = draft.source.parameters.iter().enumerate();
        let own = own.map(|(index, parameter)| (parameter, draft.pointer.join("parameters").index(index)));
        let shared_place = Pointer::root().join("paths").join(draft.path).join("parameters");
        let shared = draft.shared.iter().enumerate();
        let shared = shared.map(|(index, parameter)| (parameter, shared_place.index(index)));
        for (parameter, place) in own.chain(shared) {
            let parameter = self.resolver.parameter(parameter, &place)?;
            let same = |other: &openapiv3::Parameter| {
                std::mem::discriminant(other) == std::mem::discriminant(parameter)
                    && other.parameter_data_ref().name == parameter.parameter_data_ref().name
            };
            if !all.iter().any(|(other, _)| same(other)) {
                all.push((parameter, place));
            }
        }
        Ok(all)
    }
}

/// The parameters of an operation while it is read.
#[derive(Default)]
struct Parameters<'a> {
    in_path: HashMap<&'a str, (PathParameter, Pointer)>,
    declared: Vec<Declared>,
    full: Option<Full>,
}

/// Lists with parameters for page and size are paged.
fn page(answer: &Answer, parameters: &[super::Parameter]) -> Answer {
    let takes = |wanted: &str| {
        parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query).any(|parameter| match &parameter
            .value
        {
            ParameterValue::One { wire, ty } => wire == wanted && matches!(ty, Scalar::Unsigned | Scalar::Integer),
            _ => false,
        })
    };
    match answer {
        Answer::Json(Type::List(item)) if takes("page") && takes("size") => Answer::Page((**item).clone()),
        other => other.clone(),
    }
}

/// The value that requests the full response: `true` if the pattern allows it.
fn full_value(data: &openapiv3::ParameterData) -> &'static str {
    let openapiv3::ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &data.format else { return "true" };
    match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(string)) if string.pattern.as_deref() == Some("0|1") => "1",
        _ => "true",
    }
}

fn check_names(operations: &[Operation]) -> Result<(), Failure> {
    let mut seen: HashMap<String, &Pointer> = HashMap::new();
    for operation in operations {
        let resource = &operation.resource;
        let full = operation.full.as_ref();
        let method = |name: &str| format!("{resource}().{name}()");
        // Methods with different names may have types with the same: `rates_1` and `rates1`.
        let ty = |name: &str| format!("{resource}::{name}");
        let (name, pascal) = (&operation.name, names::operation(&operation.name));
        let own = [Some(method(name))];
        let types = [Some(ty(&pascal)), full.map(|_| ty(&format!("{pascal}Full")))];
        for name in own.into_iter().chain(types).flatten() {
            if let Some(other) = seen.insert(name.clone(), &operation.pointer) {
                let error = Error::NameConflict {
                    pointer: operation.pointer.clone(),
                    other: other.clone(),
                    name,
                    instead: "give one of them another name with x-rust-name in an overlay",
                };
                return Err(Failure::of_operation(&operation.pointer, error));
            }
        }
    }
    Ok(())
}

/// The handles of the operations, with their documentation.
pub(super) fn resources(operations: &[Operation], openapi: &OpenAPI) -> BTreeMap<String, Resource> {
    let root = Pointer::root();
    let extensions = Extensions::new(&openapi.extensions, &root);
    let docs = extensions.raw(RESOURCES);
    let mut resources = BTreeMap::new();
    for operation in operations {
        let doc = docs.and_then(|docs| docs.get(&operation.resource)).and_then(serde_json::Value::as_str);
        let doc = doc.map_or_else(|| format!("Operations on `{}`.", operation.resource), str::to_owned);
        let type_name = names::pascal(&operation.resource);
        let resource = resources.entry(operation.resource.clone()).or_insert(Resource { type_name, doc });
        let is_taken = |name: &str| {
            let mut same = operations.iter().filter(|other| other.resource == operation.resource);
            same.any(|other| {
                let ty = names::operation(&other.name);
                ty == name || (other.full.is_some() && format!("{ty}Full") == name)
            })
        };
        while is_taken(&resource.type_name) {
            resource.type_name.push_str("Resource");
        }
    }
    resources
}
