/* ── Selection: everything that changes goes through here ── */
state.score = 0;
state.always = true;
/* ── What stays when a class is chosen ── */
function lead() {
  $('ask').textContent = `What does this network add up when it says “${K.label}”?`;
  $('headline').replaceChildren(...rich(K.headline));
  $('caution').replaceChildren(h('b', null, 'Weakest point: '), ...rich(K.caution));
  $('found').replaceChildren(...K.findings.map(f => h('li', null, best(f.c) || h('span'), h('span', null, ...rich(f.text)))));
  $('facts').replaceChildren(...K.facts.map(f => h('div', null, h('dt', null, f.name), h('dd', null, f.value))));
  hero();
}

/** A picture, and what of it the first concept was made active by. */
function hero() {
  const t = DATA.traces[K.hero], first = K.concepts[0]?.id, part = t?.parts.find(x => x.id === first);
  $('hero').replaceChildren();
  if (!t) return;
  const frame = h('div.pair2', null, img(DATA.pictures[t.p].image, DATA.pictures[t.p].name));
  if (part?.m != null) frame.append(img(part.m, `input map of ${label(first)}`, 'img.map'));
  $('hero').append(frame, h('figcaption.note', null, part?.m != null ? `One of the ${K.total} pictures, and all that made ${label(first)} active in it.` : `One of the ${K.total} pictures.`));
}

function chips() {
  $('chips').replaceChildren(...K.concepts.slice(0, 6).map(r => h('button.chip.' + hueClass(r.id), {role: 'radio', 'data-c': r.id, 'aria-label': capital(label(r.id))}, badge(r.id), best(r.id))));
}

function classes() {
  const many = DATA.classes.length > 1;
  $('eachBtn').hidden = $('each').hidden = !many;
  if (!many) return;
  $('eachLead').textContent = `This run explains ${DATA.classes.length} classes in the same concepts. Each card: the concept that gives the class most, and its share of all that is added.`;
  DATA.classes.forEach((view, i) => {
    const first = view.concepts[0], bar = h('i', {'aria-hidden': 'true'});
    bar.style.setProperty('--w', clamp(first?.share || 0, 0, 1) * 100 + '%');
    $('eachList').append(h('li', null, h('button', {'data-view': i}, (first && best(first.id)) || h('span'),
      h('b', null, view.label), h('span.small', null, first ? `${label(first.id)}, ${pct(first.share)}` : 'nothing'), bar)));
  });
}

function marks() {
  mark($('chips'), 'c', state.c);
  mark($('rows'), 'c', state.c);
  mark($('thumbs'), 'p', state.p);
  // A group without the selected concept is entered at its first.
  for (const box of [$('chips'), $('rows')]) if (!box.querySelector('[tabindex="0"]')) box.firstElementChild?.setAttribute('tabindex', '0');
}

function refresh() {
  marks();
  picture();
  two();
  card();
  address();
}

function select(id) {
  state.c = id;
  refresh();
}

function pick(p) {
  state.p = p;
  state.score = 0;
  refresh();
}

/** The concept that speaks loudest in a picture, for a start. */
function show(view, wanted = {}) {
  state.view = view;
  K = DATA.classes[view];
  state.p = K.pictures[wanted.p] != null ? wanted.p : Math.max(0, K.pictures.indexOf(K.hero));
  state.c = byId.has(wanted.c) ? wanted.c : K.concepts[0]?.id ?? DATA.concepts.find(c => c.cut === LAST)?.id;
  state.score = 0;
  document.querySelectorAll('[data-view]').forEach(b => b.setAttribute('aria-current', String(Number(b.dataset.view) === view)));
  for (const draw of [chips, lead, trust, sumRows, thumbs, refresh]) draw();
}

/** State stands in the address: #class=3&c=12&p=2 */
function address() {
  const parts = DATA.classes.length > 1 ? ['class=' + K.index] : [];
  parts.push('c=' + state.c, 'p=' + state.p);
  try {
    history.replaceState(null, '', '#' + parts.join('&'));
  } catch {
    // Some browsers limit how often the address may change: the view is then shown but not linked.
  }
}

function wanted() {
  const q = new URLSearchParams(location.hash.slice(1)), int = k => q.has(k) ? Number(q.get(k)) : undefined;
  return {view: Math.max(0, DATA.classes.findIndex(c => c.index === int('class'))), c: int('c'), p: int('p')};
}

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
byId = new Map(DATA.concepts.filter(c => c.cut === LAST).map(c => [c.id, c]));
$('brand').textContent = DATA.product;
$('command').textContent = DATA.command;
$('methodLead').textContent = DATA.methodLead;
$('steps').append(...DATA.steps.map(x => h('li', null, h('b', null, x.name), h('span.note', null, x.value))));
$('prov').append(...DATA.provenance.flatMap(f => [h('dt', null, f.name), h(/SHA|fingerprint/.test(f.name) ? 'dd.mono' : 'dd', null, f.value)]),
  ...DATA.cuts.flatMap(c => [h('dt', null, 'concepts'), h('dd', null, c.say)]));
$('limitList').append(...DATA.limits.map(t => h('li', null, t)));
$('gloss').append(...DATA.words.flatMap(f => [h('dt', null, f.name), h('dd', null, f.value)]));
$('foot').textContent = 'Made by Percept from the folder beside this file. Nothing on this page is fetched from anywhere.';
classes();
trustOnce();
curves();
alike();

document.addEventListener('click', e => {
  const view = e.target.closest('[data-view]'), deep = e.target.closest('[data-open]'), c = e.target.closest('[data-c]'), p = e.target.closest('[data-p]'), to = e.target.closest('a[href^="#"]');
  if (view) show(Number(view.dataset.view));
  else if (deep) unfold(Number(deep.dataset.depth), Number(deep.dataset.open));
  else if (c) {
    const inside = c.closest('#wf,#twoRows,#maps6')?.id, id = c.dataset.c;
    select(Number(id));
    // What was clicked is drawn anew: the focus stays with it.
    if (inside) document.querySelector(`#${inside} [data-c="${id}"]`)?.focus();
  } else if (p) pick(Number(p.dataset.p));
  else if (to) {
    // The address holds the state, so links inside the page move without changing it.
    const place = $(to.getAttribute('href').slice(1));
    e.preventDefault();
    place.scrollIntoView();
    place.focus({preventScroll: true});
  }
});
for (const r of document.querySelectorAll('[name=always]')) {
  r.addEventListener('change', () => {
    state.always = r.value === '1';
    curves();
  });
}
radios($('chips'), () => K.concepts.slice(0, 6).map(r => r.id), () => state.c, select);
radios($('rows'), order, () => state.c, select);
radios($('thumbs'), () => K.pictures.map((_, i) => i), () => state.p, pick);
$('built').addEventListener('keydown', e => {
  const now = e.target.closest('[data-open]'), step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[e.key];
  if (!now || !step) return;
  e.preventDefault();
  const all = [...now.parentElement.children], next = all[(all.indexOf(now) + step + all.length) % all.length];
  unfold(Number(next.dataset.depth), Number(next.dataset.open));
});
$('big').addEventListener('keydown', e => {
  const n = K.pictures.length, ids = trace().parts.map(x => x.id), at = ids.indexOf(state.c);
  const go = {ArrowRight: () => pick((state.p + 1) % n), ArrowLeft: () => pick((state.p + n - 1) % n),
    ArrowDown: () => select(ids[(at + 1) % ids.length]), ArrowUp: () => select(ids[(at + ids.length - 1 + (at < 0)) % ids.length])}[e.key];
  if (!go || !ids.length) return;
  e.preventDefault();
  go();
});
$('copy').addEventListener('click', copy);
$('eachBtn').addEventListener('click', () => {
  $('each').hidden = !$('each').hidden;
  $('eachBtn').setAttribute('aria-expanded', String(!$('each').hidden));
});
$('theme').addEventListener('click', () => {
  root.dataset.theme = dark() ? 'light' : 'dark';
  theme();
});
system.addEventListener('change', theme);
matchMedia('(max-width:760px)').addEventListener('change', () => {
  curves();
  built();
});
addEventListener('resize', links);
addEventListener('hashchange', () => {
  const to = wanted();
  show(to.view, to);
});
theme();
{
  const to = wanted();
  show(to.view, to);
}
