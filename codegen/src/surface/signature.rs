//! Signatures of items, as values.

use std::fmt;

/// What an item is to a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// A type: `answer`, `form`, `form of parts`, `patch`, `open enum`, `closed enum`, `one of several`, `id`.
    Type(&'static str),
    /// A value of an enum without content.
    Value,
    /// The content of a variant, in parentheses; the type of a field; the id of `T: Identified`.
    Held(Ty),
    /// A constructor, method or setting.
    Call {
        /// What it takes, without the receiver.
        arguments: Vec<Argument>,
        /// What a method returns, that of a handle when it is sent; none for constructors, for setters, and for
        /// settings that do not change it.
        output: Option<Ty>,
    },
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name; none for methods of types and settings, which have one argument at the most.
    pub name: Option<String>,
    /// Its type.
    pub ty: Ty,
}

/// A type, in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ty(pub Vec<Piece>);

/// A piece of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The name of a type of this client.
    Name(String),
    /// Anything else.
    Text(String),
}

impl Ty {
    /// Adds text to the end.
    pub(super) fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    /// Adds a piece to the end.
    pub(super) fn push(&mut self, piece: Piece) {
        match piece {
            Piece::Text(text) => self.text(&text),
            name @ Piece::Name(_) => self.0.push(name),
        }
    }
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Name(text) | Piece::Text(text) => f.write_str(text),
        })
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.name {
            write!(f, "{name}: ")?;
        }
        write!(f, "{}", self.ty)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(kind) => f.write_str(kind),
            Self::Value => Ok(()),
            Self::Held(ty) => write!(f, "{ty}"),
            Self::Call { arguments, output } => {
                f.write_str("(")?;
                for (index, argument) in arguments.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    write!(f, "{argument}")?;
                }
                f.write_str(")")?;
                output.as_ref().map_or(Ok(()), |output| write!(f, " -> {output}"))
            }
        }
    }
}
