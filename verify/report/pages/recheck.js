// Reads the certificates of the claim that the address names (recheck.html#claim-...), with the
// readers and the Python that lie beside this page. All that is shown is text.
"use strict";

const state = document.getElementById("state");
const said = document.getElementById("said");
const READ = `
import contextlib, hashlib, io, pathlib, runpy, sys

def reread(reader, path):
    out, code = io.StringIO(), 0
    sys.argv = [reader, path]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            runpy.run_path(reader, run_name="__main__")
        except SystemExit as end:
            code = end.code or 0
    digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
    return f"{digest}  exit {code}\\n{out.getvalue()}", code
`;
let started;

async function unpacked(text) {
  const raw = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const address = (bytes) => URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));

async function python() {
  const parts = {};
  for (const [name, text] of Object.entries(PYTHON.parts)) parts[name] = await unpacked(text);
  globalThis.fetch = async (request) => {
    const name = String(request.url || request).split("/").pop();
    if (!(name in parts)) throw new Error("nothing is loaded from elsewhere: " + name);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(parts[name], { headers: { "Content-Type": type } });
  };
  const { loadPyodide } = await import(address(parts["pyodide.mjs"]));
  const made = (await import(address(parts["pyodide.asm.mjs"]))).default;
  const base = "https://nowhere.invalid/";
  const found = await loadPyodide({
    createPyodideModule: made,
    indexURL: base,
    stdLibURL: base + "python_stdlib.zip",
    lockFileContents: PYTHON.lock,
  });
  for (const [path, text] of Object.entries(READERS)) {
    const file = "/verify/" + path;
    found.FS.mkdirTree(file.slice(0, file.lastIndexOf("/")));
    found.FS.writeFile(file, text);
  }
  found.runPython(READ);
  return found;
}

function certificates(stem) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "recheck/" + encodeURIComponent(stem) + ".js";
    script.onload = () => resolve(globalThis.CERTIFICATES);
    script.onerror = () => reject(new Error("no certificate of this name is beside this page"));
    document.head.append(script);
  });
}

async function check() {
  const stem = decodeURIComponent(location.hash.slice(1));
  if (!stem) return;
  said.textContent = "";
  state.textContent = "Python starts ...";
  try {
    const given = await certificates(stem);
    const run = await (started ??= python());
    const reread = run.globals.get("reread");
    let worst = 0;
    for (const [reader, path, text] of given) {
      state.textContent = "Reading " + path + " ...";
      await new Promise((later) => setTimeout(later, 50));
      run.FS.writeFile("/certificate.json", await unpacked(text));
      const [shown, code] = reread("/verify/" + reader, "/certificate.json").toJs();
      said.textContent += path + "  sha256 " + shown + "\n";
      worst = Math.max(worst, code);
    }
    const what = given.length > 1 ? given.length + " certificates" : "the certificate";
    state.textContent = (worst ? "REFUSED: " : "Accepted: ") + what + " of " + stem;
  } catch (error) {
    state.textContent = "Not checked: " + error.message;
  }
}

addEventListener("hashchange", check);
check();
