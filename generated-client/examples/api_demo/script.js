"use strict";

// What comes from a server is inserted as text only.

const find = (id) => document.getElementById(id);
const settings = JSON.parse(document.querySelector("meta[name=settings]").content);

/** Counts up with everything a person does, so that a slow response does not replace a later one. */
let round = 0;
let isSignedIn = false;

function element(tag, className, ...content) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
}

function say(text) {
  find("status").textContent = text;
}

/** Asks the program behind this page. Its problems look like those of Kimai. */
async function ask(path, content, options = {}) {
  const headers = { "content-type": "application/json", "x-api-demo-page": settings.page };
  const body = JSON.stringify(content);
  try {
    const response = await fetch(path, { method: "POST", headers, body, credentials: "omit", ...options });
    const answer = await response.json();
    return { ...answer, isSignedOut: response.status === 401 || response.status === 403 };
  } catch {
    const message = "The program that serves this page does not answer. Start it again, and reload this page.";
    return { problem: { title: "The API demo is not running", message, causes: [], lines: [] } };
  }
}

// Problems

function problemOf({ title, message, causes, lines }) {
  const box = element("div", "problem", element("h3", "", title), element("p", "", message));
  if (causes.length > 0) {
    box.append(element("p", "because", "Because:"), element("ul", "", ...causes.map((cause) => element("li", "", cause))));
  }
  if (lines.length > 0) {
    box.append(element("p", "because", "The response:"), element("pre", "json", ...lines.map(lineOf)));
  }
  return box;
}

// JSON

function lineOf({ depth, pieces }) {
  const line = element("span", "line", "  ".repeat(depth));
  line.style.setProperty("--depth", String(depth));
  line.append(...pieces.map(([kind, text]) => (kind === "mark" ? text : element("span", kind, text))), "\n");
  return line;
}

// Requests

function size(bytes) {
  return bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} kB`;
}

function factsOf(answer) {
  const facts = [];
  if (answer.status) {
    facts.push(element("li", answer.problem ? "bad" : "good", answer.status));
  } else {
    facts.push(element("li", "bad", "No response"));
  }
  facts.push(element("li", "", answer.milliseconds < 1 ? "under 1 ms" : `${answer.milliseconds} ms`));
  if (answer.bytes !== null) {
    facts.push(element("li", "", size(answer.bytes)));
  }
  if (answer.total !== null) {
    const pages = answer.pages === null || answer.pages === "1" ? "" : ` on ${answer.pages} pages`;
    facts.push(element("li", "", `${answer.total} in total${pages}`));
  }
  return facts;
}

function showCall(name, method, path) {
  for (const button of document.querySelectorAll("#calls button")) {
    button.toggleAttribute("aria-current", false);
    if (button.dataset.call === name) {
      button.setAttribute("aria-current", "true");
    }
  }
  find("method").textContent = method;
  find("path").textContent = path;
  find("copy").hidden = true;
  find("failure").replaceChildren();
}

function showAnswer(answer) {
  const { method, path, problem, lines } = answer;
  find("method").textContent = method;
  find("path").textContent = path;
  find("facts").replaceChildren(...factsOf(answer));
  find("json").replaceChildren(...lines.map(lineOf));
  find("json").hidden = lines.length === 0;
  find("copy").hidden = lines.length === 0;
  find("failure").replaceChildren(...(problem ? [problemOf(problem)] : []));
  if (!problem) {
    say(`${method} ${path}: ${answer.status}, ${lines.length} lines of JSON`);
  }
}

async function call({ name, method, path }) {
  const own = ++round;
  showCall(name, method, path);
  find("result").setAttribute("aria-busy", "true");
  const answer = await ask("/call", name);
  if (own !== round) {
    return;
  }
  find("result").removeAttribute("aria-busy");
  if (answer.isSignedOut) {
    leave(answer.problem);
  } else if (answer.method) {
    showAnswer(answer);
  } else {
    find("facts").replaceChildren();
    find("json").hidden = true;
    find("failure").replaceChildren(problemOf(answer.problem));
  }
}

function callItem(one) {
  const words = element("span", "words", element("span", "title", one.title), element("code", "", one.path));
  const button = element("button", "call", element("span", "method", one.method), words);
  button.type = "button";
  button.dataset.call = one.name;
  button.addEventListener("click", () => call(one));
  return element("li", "", button);
}

// Signing in and out

function busy(isBusy) {
  for (const button of document.querySelectorAll("#entrance button")) {
    button.disabled = isBusy;
  }
  find("sign-in").textContent = isBusy ? "Asking Kimai …" : "Sign in";
}

function enter({ release, url, user, calls }) {
  isSignedIn = true;
  find("release").textContent = `Kimai ${release}`;
  find("who").textContent = user === null ? "with an API token" : `as ${user}`;
  find("base").textContent = url;
  find("calls").replaceChildren(...calls.map(callItem));
  find("facts").replaceChildren();
  find("json").replaceChildren();
  find("json").hidden = true;
  find("entrance").hidden = true;
  find("desk").hidden = false;
  const version = calls.find((one) => one.name === "system.version");
  document.querySelector("#calls button").focus();
  if (version) {
    call(version);
  }
}

async function signIn(content) {
  const own = ++round;
  find("refusal").replaceChildren();
  busy(true);
  say("Asking Kimai for its version");
  const answer = await ask("/sign-in", content);
  if (own !== round) {
    return;
  }
  busy(false);
  say("");
  if (answer.problem) {
    find("refusal").replaceChildren(problemOf(answer.problem));
    find("refusal").scrollIntoView({ block: "nearest" });
    if (content.with !== "demo") {
      find("secret").focus({ preventScroll: true });
    }
  } else {
    enter(answer);
  }
}

function leave(problem) {
  round += 1;
  isSignedIn = false;
  find("secret").value = "";
  busy(false);
  find("result").removeAttribute("aria-busy");
  for (const id of ["calls", "facts", "failure", "json", "refusal"]) {
    find(id).replaceChildren();
  }
  for (const id of ["release", "who", "base", "method", "path"]) {
    find(id).textContent = "";
  }
  find("desk").hidden = true;
  find("entrance").hidden = false;
  if (problem) {
    find("refusal").replaceChildren(problemOf(problem));
  }
  (document.querySelector("#users button") ?? find("url")).focus();
}

function signOut() {
  ask("/sign-out", {});
  leave();
  say("Signed out");
}

const SECRETS = {
  token: ["API token", "For Kimai 2.14 and later. You create it in your profile, under API access."],
  password: ["API password", "Not the password of the web interface: you set this one in your profile."],
};

function chooseFields() {
  const isToken = find("with-token").checked;
  const [label, hint] = isToken ? SECRETS.token : SECRETS.password;
  find("user-field").hidden = isToken;
  find("user").disabled = isToken;
  find("secret-label").textContent = label;
  find("secret-hint").textContent = hint;
  find("secret").value = "";
}

function submit(event) {
  event.preventDefault();
  const url = find("url").value;
  const secret = find("secret").value;
  // The page keeps no credentials, also if the sign-in fails.
  find("secret").value = "";
  const isToken = find("with-token").checked;
  signIn(isToken ? { with: "token", url, token: secret } : { with: "password", url, user: find("user").value, password: secret });
}

const ROLES = {
  ROLE_SUPER_ADMIN: "Super administrator",
  ROLE_ADMIN: "Administrator",
  ROLE_TEAMLEAD: "Team leader",
  ROLE_USER: "User",
};

function userItem({ name, role, timeZone }) {
  const face = element("span", "face", name.slice(0, 1).toUpperCase());
  face.setAttribute("aria-hidden", "true");
  const words = element("span", "words", element("span", "title", name), element("small", "", `${ROLES[role] ?? role} · ${timeZone}`));
  const button = element("button", "user", face, words);
  button.type = "button";
  button.addEventListener("click", () => signIn({ with: "demo", user: name }));
  return element("li", "", button);
}

async function copy() {
  const own = round;
  let said = "Copied";
  try {
    await navigator.clipboard.writeText(find("json").textContent);
  } catch {
    said = "The browser does not allow it";
  }
  if (own === round) {
    say(said);
    find("copy").textContent = said;
    setTimeout(() => (find("copy").textContent = "Copy JSON"), 2000);
  }
}

find("url").value = settings.url ?? "";
find("users").replaceChildren(...settings.users.map(userItem));
find("demo").hidden = settings.users.length === 0;
find("entrance").classList.toggle("has-demo", settings.users.length > 0);
find("form").addEventListener("submit", submit);
find("with-token").addEventListener("change", chooseFields);
find("with-password").addEventListener("change", chooseFields);
find("sign-out").addEventListener("click", signOut);
find("copy").addEventListener("click", copy);
chooseFields();
find("entrance").hidden = false;

window.addEventListener("pagehide", () => {
  if (isSignedIn) {
    ask("/sign-out", {}, { keepalive: true });
    leave();
  }
});
