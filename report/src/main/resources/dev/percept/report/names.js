/* ── Names: kept in memory, saved as a file, given back with --names ── */
const NAMES = DATA.names;
const named = id => NAMES[K.index]?.[id] || '';
const label = id => named(id) || 'concept ' + id;
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

/** A text that follows the name of a concept. */
function nameOf(id, spec = 'span.nm') {
  return h(spec, {'data-name': id}, label(id));
}

/** An element that knows whether its concept has a name: its crop is hidden then. */
function refOf(id, spec, props, ...children) {
  const e = h(spec, {...props, 'data-ref': id}, ...children);
  e.classList.toggle('named', !!named(id));
  return e;
}

function setName(id, text) {
  const name = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').trim().slice(0, 80);
  const own = NAMES[K.index] ||= {};
  if (name) own[id] = name;
  else delete own[id];
  for (const e of document.querySelectorAll(`[data-name="${id}"]`)) e.textContent = 'first' in e.dataset ? capital(label(id)) : label(id);
  for (const e of document.querySelectorAll(`[data-ref="${id}"]`)) e.classList.toggle('named', !!name);
  $('save').disabled = false;
  relabel();
  classNames();
  waterfall();
  curves();
}

/** Sentences that screen readers hear, wherever a name may have changed. */
function relabel() {
  for (const e of document.querySelectorAll('[data-say]')) e.setAttribute('aria-label', SAY[e.dataset.say](Number(e.dataset.c)));
}

function namesFile() {
  const out = {};
  for (const [index, own] of Object.entries(NAMES)) if (Object.keys(own).length) out[index] = own;
  return JSON.stringify({names: out}, null, 2) + '\n';
}

function saveNames() {
  const url = URL.createObjectURL(new Blob([namesFile()], {type: 'application/json'}));
  const a = h('a', {href: url, download: 'names.json'});
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
