// The page works without this: it adds dropping, progress, and a check that begins at once.
"use strict";
document.documentElement.classList.add("js");

const form = document.querySelector(".send");
if (form) {
  const input = form.querySelector("input[type=file]");
  const busy = form.querySelector(".busy");
  const alert = form.querySelector(".alert");
  let sending = false;

  const say = (words) => {
    alert.textContent = words;
    busy.hidden = true;
    sending = false;
    input.value = "";
  };

  const send = (files) => {
    if (sending) return;
    alert.textContent = "";
    if (!files.length) return say(form.dataset.empty);
    const sizes = files.map((file) => file.size);
    const whole = sizes.reduce((sum, size) => sum + size, 0);
    const large = files.filter((file) => file.size > Number(form.dataset.mostFile));
    if (files.length > Number(form.dataset.mostFiles) || whole > Number(form.dataset.mostRequest) || large.length === files.length) {
      return say(form.dataset.tooMuch);
    }
    const data = new FormData();
    for (const name of ["profile", "stage"]) data.append(name, form.elements[name].value);
    for (const file of files) data.append("files", file, file.name);
    sending = true;
    busy.hidden = false;
    busy.querySelector(".sent").textContent = form.dataset.sending.replace("#", files.length);
    const bar = busy.querySelector("progress");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    };
    request.onload = () => {
      const answer = request.response || {};
      if (request.status === 202 && answer.url) location.assign(answer.url);
      else say(answer.message || form.dataset.gone);
    };
    request.onerror = () => say(form.dataset.gone);
    request.send(data);
  };

  // A folder that is dropped stands for the files in it.
  const inside = (entry) =>
    new Promise((done) => {
      if (entry.isFile) return entry.file((file) => done([file]), () => done([]));
      const reader = entry.createReader();
      const found = [];
      const more = () =>
        reader.readEntries(
          async (entries) => {
            if (!entries.length) return done((await Promise.all(found.map(inside))).flat());
            found.push(...entries);
            more();
          },
          () => done([]),
        );
      more();
    });

  const dropped = async (transfer) => {
    const items = [...(transfer.items || [])].filter((item) => item.kind === "file");
    if (!items.length) return [...transfer.files];
    const taken = items.map((item) => [item.webkitGetAsEntry ? item.webkitGetAsEntry() : null, item.getAsFile()]);
    const files = await Promise.all(taken.map(([entry, file]) => (entry && entry.isDirectory ? inside(entry) : [file])));
    return files.flat().filter(Boolean);
  };

  input.addEventListener("change", () => input.files.length && send([...input.files]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send([...input.files]);
  });
  // Whoever was faster than this script has chosen already, and finds no button any more.
  if (input.files.length) send([...input.files]);
  let depth = 0;
  addEventListener("dragenter", () => {
    depth += 1;
    form.classList.add("over");
  });
  addEventListener("dragleave", () => {
    depth -= 1;
    if (depth <= 0) form.classList.remove("over");
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault();
    depth = 0;
    form.classList.remove("over");
    send(await dropped(event.dataTransfer));
  });
}

const wait = document.querySelector(".wait");
if (wait) {
  const answers = (does) => {
    wait.querySelector("h1").hidden = wait.querySelector("progress").hidden = !does;
  };
  const look = async () => {
    try {
      const answer = await fetch(wait.dataset.state, { headers: { Accept: "application/json" } });
      const { state, done, total } = await answer.json();
      if (state !== "waiting" && state !== "running") return location.reload();
      answers(true);
      if (done) wait.querySelector("progress").value = done;
      wait.querySelector(".far").textContent = wait.dataset.words.replace("#", done).replace("$", total);
    } catch {
      // The browser's own page would only say that a connection was refused.
      answers(false);
      wait.querySelector(".far").textContent = wait.dataset.gone;
    }
    setTimeout(look, 400);
  };
  setTimeout(look, 300);
}
