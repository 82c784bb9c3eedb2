//! `cargo xtask completions`: scripts that complete `cargo xtask` in a shell.

use std::process::ExitCode;

use clap::{CommandFactory as _, ValueEnum};

use crate::command_line::{self, help};
use crate::terminal;

/// What the scripts call the program behind `cargo xtask`.
const PROGRAM: &str = "xtask";

#[derive(clap::Args)]
#[command(after_help = help::completions())]
pub(crate) struct Arguments {
    /// The shell.
    shell: Shell,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    terminal::print(script(arguments.shell));
    ExitCode::SUCCESS
}

fn script(shell: Shell) -> String {
    let program = command_line::Arguments::command().name(PROGRAM);
    let (script, rest) = match shell {
        Shell::Bash => (generated(clap_complete::Shell::Bash, program, PROGRAM), BASH),
        Shell::Zsh => (generated(clap_complete::Shell::Zsh, program, PROGRAM), ZSH),
        // Fish adds completions to those that cargo has.
        Shell::Fish => {
            let cargo = clap::Command::new("cargo").disable_help_flag(true).disable_help_subcommand(true);
            let cargo = cargo.subcommand(program);
            (generated(clap_complete::Shell::Fish, cargo, "cargo"), "")
        }
    };
    script + rest
}

fn generated(shell: clap_complete::Shell, mut program: clap::Command, name: &str) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut program, name, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A shell completes a command by its first word: the function for `cargo` hands over what begins with `cargo xtask`.
const BASH: &str = r#"
_cargo_xtask_load() {
    if declare -F _comp_load > /dev/null; then
        _comp_load cargo
    elif declare -F _completion_loader > /dev/null; then
        _completion_loader cargo
    fi
    # The script may be loaded twice.
    local words
    read -ra words <<< "$(complete -p cargo 2> /dev/null)"
    local i
    for ((i = 0; i < ${#words[@]}; i++)); do
        if [[ "${words[i]}" == -F && "${words[i + 1]}" != _cargo_xtask ]]; then
            _cargo_xtask_other="${words[i + 1]}"
        fi
    done
}

_cargo_xtask() {
    if [[ "${COMP_WORDS[1]}" == xtask && "$COMP_CWORD" -gt 1 ]]; then
        COMP_WORDS=("${COMP_WORDS[@]:1}")
        COMP_CWORD=$((COMP_CWORD - 1))
        _xtask xtask "$2" "$3"
    elif [[ -n "$_cargo_xtask_other" ]]; then
        "$_cargo_xtask_other" "$@"
    fi
}

_cargo_xtask_load
complete -F _cargo_xtask -o bashdefault -o default cargo
"#;

const ZSH: &str = r#"
_cargo_xtask() {
    if (( CURRENT > 2 )) && [[ "${words[2]}" == xtask ]]; then
        shift words
        (( CURRENT-- ))
        _xtask
    else
        if (( ! $+functions[_cargo] )) && ! autoload -Uz +X _cargo 2> /dev/null; then
            # A function that is not found stays declared.
            unfunction _cargo
            _default
            return
        fi
        _cargo "$@"
    fi
}

compdef _cargo_xtask cargo
"#;
