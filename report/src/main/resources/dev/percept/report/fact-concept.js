/* ── One concept: where it is, whom it serves, what it is built from ── */
function card() {
  const c = byId.get(state.c);
  if (!c) return;
  const id = c.id;
  $('conceptLead').textContent = 'The same for all classes: pictures in which it is strongest, and those in which it gives most to the answer, with its input map under each.';
  const strips = h('div', null,
    h('h3', null, 'Strongest'), h('p.note', null, 'Presence, the strongest picture being 1.'),
    h('div.sights', null, ...c.byPresence.map(x => sight(x, id, num(x.v)))),
    ...(c.byContribution.length ? [h('h3', null, 'Gives most'), h('p.note', null, 'What it adds to the score that the network says.'),
      h('div.sights', null, ...c.byContribution.map(x => sight(x, id, plus(x.v))))] : []));
  const facts = h('dl.besides', null,
    beside('in pictures', pct(c.prevalence), c.prevalence, null, c.alwaysOn ? 'always on: at least a little of it is in over 60 % of the pictures' : 'share of the pictures in which it is active at all'),
    c.label && beside('spread over classes', num(c.label.value) + ' bits', c.label.value / (c.label.chance || 1), 1, `0 is one class alone; by chance ${num(c.label.chance)}`),
    c.size && beside('size', pct(c.size.value), c.size.value, c.size.chance, `of the picture holds 80 % of its map; spread evenly ${pct(c.size.chance)}`),
    c.consistency && beside('looks alike (C²)', num(c.consistency.value), c.consistency.value, c.consistency.chance, `random maps on the same pictures ${num(c.consistency.chance)}` + (c.consistency.value <= c.consistency.chance ? ': to the judge it is not one thing' : '')),
    c.stability && beside('found again', num(c.stability.value), c.stability.value, c.stability.chance, `cosine in other trainings; random dictionary ${num(c.stability.chance)}`));
  const most = Math.max(.01, ...c.serves.map(x => Math.abs(x.mean)));
  const serves = h('div.serves', null, h('h3', null, 'Serves'), h('p.note', null, 'What it adds where the network says the class, on average, and the share of all that it gives.'),
    ...c.serves.map(x => {
      const bar = h('i' + (x.mean < 0 ? '.neg' : ''), {'aria-hidden': 'true'});
      bar.style.setProperty('--w', Math.abs(x.mean) / most * 100 + '%');
      return h('div.sv', null, h('span', null, DATA.outputs[x.target]), h('span.tr', null, bar), h('span.n', null, plus(x.mean)), h('span.n.small', null, pct(x.share)));
    }));
  $('card').replaceChildren(h('article.card1.' + hueClass(id), null,
    h('header', null, badge(id), best(id), h('h3', null, capital(label(id))), h('span.note', null, 'at ' + DATA.cuts[c.cut].layer),
      c.alwaysOn ? h('span.word.poor', null, 'always on') : null,
      c.stability ? h('span.note', null, 'found again: ', ...stable(c)) : null),
    h('div.cols', null, strips, h('div', null, facts, c.serves.length ? serves : null))));
  open = [id];
  built();
}

/* ── Built from: a column a layer; one concept of each column is open ── */
let open = [];

function column(depth) {
  const cut = LAST - depth, id = open[depth], c = CONCEPTS.get(keyOf(cut, id)), o = c?.origin;
  if (!o) return null;
  const most = Math.max(...o.sources.map(x => Math.abs(x.share)), .01), below = cut - 1;
  const bar = (v, spec) => {
    const i = h('i' + spec, {'aria-hidden': 'true'});
    i.style.setProperty('--w', Math.abs(v) / most * 100 + '%');
    return i;
  };
  return h('div.col', {'data-depth': depth + 1}, h('h4', null, DATA.cuts[below].layer),
    h('p.note', null, `${capital(label(id))} is made of, over the ${o.pictures} pictures in which it is strongest:`),
    h('div', {role: 'radiogroup', 'aria-label': `Concepts of ${DATA.cuts[below].layer} that make up ${label(id)}`, 'data-group': depth + 1}, ...o.sources.map((x, i) => h('button.src' + (x.share < 0 ? '.neg' : ''), {role: 'radio', 'data-open': x.concept, 'data-depth': depth + 1, 'aria-checked': String(open[depth + 1] === x.concept), tabindex: (open[depth + 1] ?? o.sources[0].concept) === x.concept ? 0 : -1,
      'aria-label': `${label(x.concept)} of ${DATA.cuts[below].layer}, ${pct(x.share)}`},
    h('span.b.kx', null, String(x.concept)), ...[0, 1, 2].map(n => faceOf(below, x.concept, n)), bar(x.share, ''), h('span.n', null, part(x.share))))),
    h('p.note', null, `${o.others} others give ${part(o.other)}`
      + (Math.abs(o.constant) >= .005 ? `, constants between the layers ${part(o.constant)}` : '')
      + `. Were all alike, each would give ${pct(o.equal, 1)}. The shares add up to all of it but ${power(o.gap)}.`));
}

function built() {
  const box = $('built'), c = byId.get(state.c);
  box.hidden = !c?.origin;
  if (box.hidden) return;
  for (let d = open.length - 1; LAST - d > 0; d++) {
    const next = CONCEPTS.get(keyOf(LAST - d, open[d]))?.origin?.sources[0]?.concept;
    if (next == null || !CONCEPTS.get(keyOf(LAST - d - 1, next))) break;
    open.push(next);
  }
  const columns = [];
  for (let d = 0; d < LAST; d++) {
    const col = column(d);
    if (!col) break;
    columns.push(col);
  }
  const first = h('div.col.first', {'data-depth': 0}, h('h4', null, DATA.cuts[LAST].layer),
    h('div.src.' + hueClass(state.c), {'data-at': state.c}, badge(state.c), ...[0, 1, 2].map(n => faceOf(LAST, state.c, n)), h('span.n', null, label(state.c))));
  const end = CONCEPTS.get(keyOf(LAST - columns.length, open[columns.length]));
  box.replaceChildren(h('h3', null, 'Built from'), h('p.note', null, 'Choose a concept to see what it is built from, down to the first layer with concepts.'),
    h('div.flow', null, first, ...columns), s('svg', {class: 'links', 'aria-hidden': 'true'}),
    end ? h('div.deep', null, h('p.note', null, `Where ${label(end.id)} of ${DATA.cuts[end.cut].layer} is strongest:`), h('div.sights', null, ...end.byPresence.map(x => sight(x, end.id, num(x.v))))) : null);
  links();
}

/** Curves from each open concept to those that it is made of, as thick as their share. */
function links() {
  const box = $('built'), svg = box.querySelector('.links');
  if (!svg || matchMedia('(max-width:760px)').matches) return;
  const home = box.getBoundingClientRect();
  svg.setAttribute('width', home.width);
  svg.setAttribute('height', home.height);
  svg.replaceChildren();
  for (let d = 0; d < LAST; d++) {
    const from = d ? box.querySelector(`.src[data-depth="${d}"][aria-checked=true]`) : box.querySelector('.first .src');
    const o = CONCEPTS.get(keyOf(LAST - d, open[d]))?.origin;
    if (!from || !o) break;
    const a = from.getBoundingClientRect(), x1 = a.right - home.left, y1 = a.top + a.height / 2 - home.top;
    box.querySelectorAll(`.src[data-depth="${d + 1}"]`).forEach((to, i) => {
      const r = to.getBoundingClientRect(), x2 = r.left - home.left, y2 = r.top + r.height / 2 - home.top, mid = (x1 + x2) / 2, share = o.sources[i].share;
      svg.append(s('path', {d: `M${x1} ${y1}C${mid} ${y1} ${mid} ${y2} ${x2} ${y2}`, fill: 'none', stroke: open[d + 1] === o.sources[i].concept ? 'var(--soft)' : 'var(--line)',
        'stroke-width': Math.max(1.5, Math.abs(share) * 22), ...(share < 0 ? {'stroke-dasharray': '4 3'} : {})}));
    });
  }
}

function unfold(depth, id) {
  open = [...open.slice(0, depth), id];
  built();
  document.querySelector(`.src[data-depth="${depth}"][data-open="${id}"]`)?.focus();
}
