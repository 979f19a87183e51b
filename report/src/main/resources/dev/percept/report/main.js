/* ── Selection: everything that changes goes through here ── */
function marks() {
  mark($('chips'), 'c', state.c);
  mark($('rows'), 'c', state.c);
  mark($('thumbs'), 'p', state.p);
  for (const e of document.querySelectorAll('[data-card]')) e.classList.toggle('sel', Number(e.dataset.card) === state.c);
}

function refresh() {
  marks();
  picture();
  waterfall();
  address();
}

function select(id) {
  state.c = id;
  refresh();
}

function pick(p) {
  state.p = p;
  if (!K.pictures[p].scores.length && state.off.size > 1) state.off.clear();
  refresh();
}

/** Shows another class. */
function show(view, wanted = {}) {
  state.view = view;
  K = DATA.classes[view];
  byId = new Map(K.concepts.map(c => [c.id, c]));
  state.c = byId.has(wanted.c) ? wanted.c : K.concepts[0].id;
  state.p = K.pictures[wanted.p] ? wanted.p : Math.max(0, K.hero);
  state.off = new Set((wanted.off || []).filter(id => byId.has(id)));
  state.map = Math.max(0, 1 + K.maps.findIndex(m => m.name === wanted.map));
  if (!K.texts) mounted = null;
  // Where the concepts alone hardly give the class, a curve of probabilities is flat.
  state.scale = Math.max(...K.deletion.probability) < .05 ? 'logit' : 'probability';
  document.querySelector(`[name=scale][value=${state.scale}]`).checked = true;
  $('wf').dataset.of = '';
  document.querySelectorAll('[data-view]').forEach(b => b.setAttribute('aria-current', String(Number(b.dataset.view) === view)));
  for (const draw of [chips, kinds, lead, trust, importance, gallery, tree, thumbs, curves, method, refresh]) draw();
}

/** State stands in the address, so that a view can be linked: #class=701&c=3&p=2&off=3,0 */
function address() {
  const parts = [];
  if (DATA.classes.length > 1) parts.push('class=' + K.index);
  parts.push('c=' + state.c, 'p=' + state.p);
  if (state.map) parts.push('map=' + K.maps[state.map - 1].name);
  if (state.off.size) parts.push('off=' + [...state.off].join(','));
  try {
    history.replaceState(null, '', '#' + parts.join('&'));
  } catch {
    // Some browsers limit how often the address may change: the view is then shown but not linked.
  }
}

function wanted() {
  const q = new URLSearchParams(location.hash.slice(1)), int = k => q.has(k) ? Number(q.get(k)) : undefined;
  const view = DATA.classes.findIndex(c => c.index === int('class'));
  return {view: Math.max(0, view), c: int('c'), p: int('p'), map: q.get('map'), off: (q.get('off') || '').split(',').filter(Boolean).map(Number)};
}

/* ── The command, to take along ── */
async function copy() {
  try {
    await navigator.clipboard.writeText(DATA.command);
  } catch {
    // A page opened from a file may not reach the clipboard: select the text, so that it can be copied.
    getSelection().selectAllChildren($('command'));
    return;
  }
  $('copy').textContent = 'Copied';
  setTimeout(() => $('copy').textContent = 'Copy', 1500);
}

/* ── Start ── */
$('brand').textContent = DATA.product;
classes();
trustOnce();
methodOnce();

document.addEventListener('click', e => {
  const sw = e.target.closest('[data-sw]');
  if (sw) {
    flip(Number(sw.dataset.sw));
    return refresh();
  }
  const c = e.target.closest('[data-c]'), p = e.target.closest('[data-p]'), to = e.target.closest('a[href^="#"]');
  if (c) select(Number(c.dataset.c));
  else if (p) pick(Number(p.dataset.p));
  else if (to) {
    // The address holds the state, so links inside the page move without changing it.
    const place = $(to.getAttribute('href').slice(1));
    e.preventDefault();
    place.scrollIntoView();
    place.focus({preventScroll: true});
  }
});
$('th')?.addEventListener('input', e => {
  state.t = Number(e.target.value);
  picture();
});
for (const r of document.querySelectorAll('[name=overlay]')) {
  r.addEventListener('change', () => {
    state.overlay = r.value;
    picture();
  });
}
for (const r of document.querySelectorAll('[name=scale]')) {
  r.addEventListener('change', () => {
    state.scale = r.value;
    curves();
  });
}
radios($('chips'), order, () => state.c, select);
radios($('rows'), order, () => state.c, select);
radios($('thumbs'), () => K.pictures.map((_, i) => i), () => state.p, pick);
$('big').addEventListener('keydown', steer);
$('allOn').addEventListener('click', () => {
  state.off.clear();
  refresh();
});
$('save').addEventListener('click', saveNames);
$('copy').addEventListener('click', copy);
$('eachBtn').addEventListener('click', () => {
  $('each').hidden = !$('each').hidden;
  $('eachBtn').setAttribute('aria-expanded', String(!$('each').hidden));
});
$('theme').addEventListener('click', () => {
  root.dataset.theme = dark() ? 'light' : 'dark';
  theme();
  picture();
});
system.addEventListener('change', () => {
  theme();
  picture();
});
addEventListener('hashchange', () => {
  const to = wanted();
  show(to.view, to);
});
theme();
{
  const to = wanted();
  show(to.view, to);
}
