'use strict';
(() => {
  const at = id => document.getElementById(id);
  const fields = ['period', 'composer', 'instrumentation'];
  const seconds = value => value < 10 ? `${value.toFixed(2)} s` : `${value.toFixed(1)} s`;
  const bars = abc => abc.split('\n').filter(line => line.startsWith('[V:')).length;

  let prompts = [];
  let abc = '';
  let engraved = '';
  let score = null;
  let sound = null;

  /** Offers in each field what goes with the choices in front of it, and keeps a choice that is still there. */
  function offer(from) {
    for (const field of fields.slice(from)) {
      const before = fields.slice(0, fields.indexOf(field));
      const names = [...new Set(prompts.filter(prompt => before.every(name => prompt[name] === at(name).value))
        .map(prompt => prompt[field]))];
      const kept = at(field).value;
      at(field).replaceChildren(...names.map(name => new Option(name, name, false, name === kept)));
    }
  }

  async function start() {
    try {
      prompts = await (await fetch('prompts')).json();
    } catch (error) {
      return tell(`The server does not answer: ${error.message}`);
    }
    offer(0);
    at('period').value = 'Romantic';
    offer(1);
    at('composer').value = 'Chopin, Frederic';
    offer(2);
    at('instrumentation').value = 'Keyboard';
    fields.forEach((field, index) => at(field).addEventListener('change', () => offer(index + 1)));
  }

  function tell(trouble) {
    at('trouble').textContent = trouble;
    at('trouble').hidden = !trouble;
  }

  /** Engraves what is finished, once in a while and never twice the same. */
  function engrave() {
    if (abc === engraved || !bars(abc)) return;
    engraved = abc;
    const narrow = at('score').clientWidth < 520;
    score = ABCJS.renderAbc('score', abc, { responsive: 'resize', add_classes: false, staffwidth: narrow ? 420 : 900,
      wrap: { minSpacing: 1.4, maxSpacing: 2.8, preferredMeasuresPerLine: narrow ? 3 : 6 } })[0];
    at('abc').textContent = abc;
    at('play').disabled = false;
  }

  /** The JSON of each server-sent event. */
  async function* events(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const whole = (rest + value).split('\n\n');
      rest = whole.pop();
      for (const event of whole) {
        if (event === 'data: [DONE]') return;
        yield JSON.parse(event.slice('data: '.length));
      }
    }
  }

  async function write() {
    silence();
    tell('');
    [abc, engraved, score] = ['', '', null];
    at('score').replaceChildren();
    at('abc').textContent = '';
    for (const id of ['first', 'rate', 'total', 'bars']) at(id).textContent = '–';
    at('save').hidden = true;
    at('play').disabled = true;
    at('write').disabled = true;
    at('state').textContent = 'Waiting for the model …';
    const chosen = prompts.find(prompt => fields.every(field => prompt[field] === at(field).value));
    const request = { prompt: chosen.prompt, stream: true, stream_options: { include_usage: true }, abc: true };
    if (at('seed').value) request.seed = Number(at('seed').value);
    const pressed = performance.now();
    const passed = () => (performance.now() - pressed) / 1000;
    const drawing = setInterval(engrave, 250);
    let patches = 0;
    try {
      const response = await fetch('v1/completions', { method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(request) });
      if (!response.ok) throw new Error((await response.json()).error.message);
      for await (const event of events(response)) {
        if (event.error) throw new Error(event.error.message);
        if (event.timings) {
          at('state').textContent = `Seed ${event.seed}${response.headers.get('X-Cache') === 'hit' ? ', from the cache' : ''}`;
          patches = event.timings.patches;
        } else if (event.choices[0].finish_reason === null) {
          patches++;
          at('state').textContent = 'The model writes …';
        }
        const more = event.choices[0] && event.choices[0].abc;
        if (more) {
          abc += more;
          if (at('first').textContent === '–') {
            engrave();
            at('first').textContent = seconds(passed());
          }
          at('bars').textContent = bars(abc);
        }
        at('total').textContent = seconds(passed());
        at('rate').textContent = (patches / passed()).toFixed(patches / passed() < 10 ? 2 : 0);
      }
      engrave();
      at('total').textContent = seconds(passed());
      if (!score) tell('The piece has no whole bar. Try another seed.');
      else {
        at('save').href = URL.createObjectURL(new Blob([abc], { type: 'text/vnd.abc' }));
        at('save').hidden = false;
      }
    } catch (error) {
      at('state').textContent = '';
      tell(error.message);
    } finally {
      clearInterval(drawing);
      at('write').disabled = false;
    }
  }

  /** One note: two sines and a soft start, as loud as a voice among several may be. */
  function note(context, out, pitch, from, length) {
    const gain = context.createGain();
    gain.connect(out);
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(.16, from + .012);
    gain.gain.exponentialRampToValueAtTime(.05, from + Math.max(.05, length * .7));
    gain.gain.linearRampToValueAtTime(0, from + length + .05);
    for (const [times, level] of [[1, 1], [2, .25]]) {
      const tone = context.createOscillator();
      const share = context.createGain();
      share.gain.value = level;
      tone.type = times === 1 ? 'triangle' : 'sine';
      tone.frequency.value = 440 * 2 ** ((pitch - 69) / 12) * times;
      tone.connect(share).connect(gain);
      tone.start(from);
      tone.stop(from + length + .06);
    }
  }

  /** Plays what is engraved: abcjs tells the notes, and the browser's own oscillators sound them, so nothing is fetched. */
  function play() {
    const music = score.setUpAudio({});
    const whole = 240 / music.tempo;
    const notes = music.tracks.flat().filter(event => event.cmd === 'note')
      .map(event => ({ pitch: event.pitch, from: event.start * whole, length: event.duration * whole }))
      .sort((a, b) => a.from - b.from);
    const context = new AudioContext();
    const out = context.createDynamicsCompressor();
    out.connect(context.destination);
    const begin = context.currentTime + .1;
    const end = Math.max(...notes.map(one => one.from + one.length));
    let next = 0;
    const ahead = () => {
      const now = context.currentTime - begin;
      for (; next < notes.length && notes[next].from < now + 1; next++) {
        note(context, out, notes[next].pitch, begin + notes[next].from, notes[next].length);
      }
      if (now > end + .5) silence();
    };
    sound = { context, timer: setInterval(ahead, 200), notes: notes.length };
    ahead();
    at('play').textContent = 'Stop';
  }

  function silence() {
    if (!sound) return;
    clearInterval(sound.timer);
    sound.context.close();
    sound = null;
    at('play').textContent = 'Play';
  }

  at('style').addEventListener('submit', event => { event.preventDefault(); write(); });
  at('play').addEventListener('click', () => sound ? silence() : play());
  start();
})();
