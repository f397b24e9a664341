// Speaking instead of typing: what the browser records is put beside the files of the form.

const LONGEST = 5 * 60 * 1000;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

for (const box of document.querySelectorAll("[data-voice]")) {
  if (window.MediaRecorder && navigator.mediaDevices?.getUserMedia) start(box);
}

function start(box) {
  const files = document.getElementById(box.dataset.voice);
  const step = (name) => box.querySelector(`[data-voice-step="${name}"]`);
  const words = box.querySelector("[data-voice-words]");
  const heard = box.querySelector("audio");
  let recorder = null;
  let limit = 0;
  box.hidden = false;

  step("record").addEventListener("click", record);
  step("stop").addEventListener("click", () => recorder?.stop());
  step("away").addEventListener("click", away);

  async function record() {
    try {
      const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
      const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
      const parts = [];
      recorder = new MediaRecorder(sound, { mimeType, audioBitsPerSecond: 32000 });
      recorder.ondataavailable = (event) => parts.push(event.data);
      recorder.onstop = () => {
        clearTimeout(limit);
        for (const track of sound.getTracks()) track.stop();
        keep(new Blob(parts, { type: recorder.mimeType }));
      };
      recorder.start();
      limit = setTimeout(() => recorder.stop(), LONGEST);
      show({ stop: true }, words.dataset.recording);
    } catch {
      show({ record: true }, words.dataset.refused);
    }
  }

  function keep(sound) {
    const ending = sound.type.includes("mp4") ? "m4a" : sound.type.includes("ogg") ? "ogg" : "webm";
    const all = new DataTransfer();
    for (const file of files.files) if (!file.type.startsWith("audio/")) all.items.add(file);
    all.items.add(new File([sound], `voice.${ending}`, { type: sound.type }));
    files.files = all.files;
    heard.src = URL.createObjectURL(sound);
    show({ away: true, heard: true }, "");
  }

  function away() {
    const rest = new DataTransfer();
    for (const file of files.files) if (!file.type.startsWith("audio/")) rest.items.add(file);
    files.files = rest.files;
    show({ record: true }, "");
  }

  function show(shown, said) {
    for (const name of ["record", "stop", "away"]) step(name).hidden = !shown[name];
    heard.hidden = !shown.heard;
    words.textContent = said;
  }
}
