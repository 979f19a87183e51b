/* ── A sweep: small multiples of figures against one axis ── */
const AXES = {patch: 'side of a crop, pixels', concepts: 'number of concepts', pictures: 'number of pictures', layer: 'layer'};
const WORDS = {patch: 'crop', concepts: 'concepts', pictures: 'pictures', layer: 'layer'};
const axis = DATA.axis;
const others = Object.keys(AXES).filter(a => a !== axis);
const distinct = list => [...new Set(list)];
const points = DATA.sides.flatMap((side, i) => side.points.map(p => ({...p, side: i})));
/* What is chosen of the other axes: of pictures all, of the rest the middle. Layers are each model's own. */
const chosen = DATA.sides.map((_, i) => Object.fromEntries(others.map(a => {
  const values = distinct(points.filter(p => p.side === i).map(p => p[a]));
  return [a, values[a === 'pictures' ? values.length - 1 : Math.floor(values.length / 2)]];
})));
const DASHES = ['', '5 4'];

/** Lines of one model: points with the same values on the other axes, along this one. */
function lines(side) {
  const groups = new Map();
  for (const p of points.filter(p => p.side === side)) {
    const key = JSON.stringify(others.map(a => p[a]));
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(p);
  }
  return [...groups.values()].map(list => ({list, front: others.every(a => list[0][a] === chosen[side][a])}));
}

const W = 360, H = 220, LEFT = 40, RIGHT = 12, TOP = 14, BOTTOM = 38;

function scale() {
  const values = distinct(points.map(p => p[axis]));
  if (axis === 'layer') return {values, at: v => LEFT + (W - LEFT - RIGHT) * (values.length > 1 ? values.indexOf(v) / (values.length - 1) : .5)};
  const own = axis === 'patch' ? DATA.sides.flatMap(s => s.ownPatches) : [];
  const low = Math.log(Math.min(...values, ...own)), high = Math.log(Math.max(...values, ...own));
  return {values: values.sort((a, b) => a - b), at: v => LEFT + 8 + (W - LEFT - RIGHT - 16) * (high > low ? (Math.log(v) - low) / (high - low) : .5)};
}

function chart(c) {
  const {values, at} = scale();
  const get = p => p.figures[c.figure];
  const all = points.map(get).filter(v => v && known(v.value));
  const flat = all.flatMap(v => [v.value, v.low, v.high, v.chance]).filter(known);
  let low = Math.min(...flat), high = Math.max(...flat);
  if (c.figure !== 'exam-rank') low = Math.max(Math.min(low, 0), -0.5);
  if (high - low < .2) high = low + .2;
  high = c.share ? 1 : high + (high - low) * .04;
  const Y = v => TOP + (H - TOP - BOTTOM) * (high - clamp(v, low, high)) / (high - low);
  const label = v => c.share ? pct(v) : num(v);
  const said = DATA.sides.map((side, i) => {
    const front = lines(i).find(l => l.front);
    return side.model + ': ' + (front ? front.list.filter(p => get(p)).map(p => `${p[axis]} ${label(get(p).value)}`).join(', ') : '');
  }).join('; ');
  const svg = s('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': `${c.title} against ${AXES[axis]}. ${said}`});
  for (const v of ticks(low, high, 4)) {
    svg.append(s('path', {d: `M${LEFT} ${Y(v)}H${W - RIGHT}`, stroke: 'var(--line)'}),
      s('text', {x: LEFT - 6, y: Y(v) + 4, 'font-size': 11, 'text-anchor': 'end'}, c.share ? Math.round(v * 100) + NBSP + '%' : minus(String(+v.toFixed(6)))));
  }
  if (axis === 'patch') DATA.sides.forEach((side, i) => side.ownPatches.forEach(v => {
    svg.append(s('path', {d: `M${at(v)} ${TOP}V${H - BOTTOM}`, stroke: 'var(--ink)', 'stroke-width': 1, 'stroke-dasharray': '1 3'}),
      s('text', {x: at(v), y: TOP - 4, 'font-size': 10, 'text-anchor': 'middle'}, 'own ' + v));
  }));
  let last = -99;
  for (const v of values) {
    const x = at(v);
    if (x - last < 20) continue;
    last = x;
    const text = axis === 'layer' ? String(v).slice(-14) : String(v);
    svg.append(s('text', {x, y: H - BOTTOM + 16, 'font-size': 11, 'text-anchor': 'middle'}, text));
  }
  svg.append(s('text', {x: (W + LEFT - RIGHT) / 2, y: H - 4, 'font-size': 11, 'text-anchor': 'middle'}, AXES[axis]));
  const path = list => 'M' + list.map(([x, y]) => x.toFixed(1) + ' ' + y.toFixed(1)).join('L');
  for (let i = DATA.sides.length - 1; i >= 0; i--) {
    for (const {list, front} of lines(i).sort((a, b) => a.front - b.front)) {
      const there = list.filter(p => get(p) && known(get(p).value));
      if (!there.length) continue;
      const g = s('g', {class: front ? 'front' : 'faint'});
      const by = there.filter(p => known(get(p).chance));
      if (front && by.length) g.append(s('path', {d: path(by.map(p => [at(p[axis]), Y(get(p).chance)])), fill: 'none', stroke: 'var(--chance)', 'stroke-width': 1.6, 'stroke-dasharray': DASHES[i]}));
      if (front && by.length === 1) g.append(s('circle', {cx: at(by[0][axis]), cy: Y(get(by[0]).chance), r: 3, fill: 'var(--chance)'}));
      g.append(s('path', {d: path(there.map(p => [at(p[axis]), Y(get(p).value)])), fill: 'none', stroke: 'var(--ink)', 'stroke-width': front ? 2 : 1.2, 'stroke-dasharray': DASHES[i]}));
      if (front) for (const p of there) {
        const v = get(p), x = at(p[axis]) + (DATA.sides.length > 1 ? (i ? 2 : -2) : 0);
        if (known(v.low) && known(v.high)) g.append(s('path', {d: `M${x} ${Y(v.low)}V${Y(v.high)}`, stroke: 'var(--ink)', 'stroke-width': 1.2}));
        const dot = s('circle', {cx: x, cy: Y(v.value), r: 3.4, fill: i ? 'var(--paper)' : 'var(--ink)', stroke: 'var(--ink)', 'stroke-width': 1.4});
        dot.append(s('title', null, `${DATA.sides[i].model}, ${WORDS[axis]} ${p[axis]}: ${label(v.value)} (${label(v.low)} to ${label(v.high)}), chance ${label(v.chance)}`));
        g.append(dot);
      }
      svg.append(g);
    }
  }
  return h('figure', null, h('h3', null, c.title), svg, h('figcaption.note', null, c.say));
}

function charts() {
  $('charts').replaceChildren(...DATA.charts.map(chart));
}

/* ── Which line is in front, where more than one axis was swept ── */
function choices() {
  const rows = [];
  DATA.sides.forEach((side, i) => others.forEach(a => {
    const values = distinct(side.points.map(p => p[a]));
    const shared = a !== 'layer';
    if (values.length < 2 || (shared && i > 0)) return;
    const name = WORDS[a] + (shared || DATA.sides.length < 2 ? '' : ' of ' + side.model);
    const group = h('div.chips', {role: 'radiogroup', 'aria-label': name});
    const select = v => {
      DATA.sides.forEach((_, j) => { if (shared || j === i) chosen[j][a] = v; });
      for (const b of group.children) {
        const on = b.dataset.v === String(v);
        b.setAttribute('aria-checked', String(on));
        b.tabIndex = on ? 0 : -1;
      }
      charts();
    };
    group.append(...values.map(v => h('button.chip', {role: 'radio', 'data-v': v, onclick: () => select(v)}, String(v))));
    group.addEventListener('keydown', e => {
      const at = values.indexOf(chosen[i][a]);
      const to = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1}[e.key];
      if (to === undefined) return;
      e.preventDefault();
      const next = (to + values.length) % values.length;
      select(values[next]);
      group.children[next].focus();
    });
    rows.push(h('div.axisrow', null, name, group));
    select(chosen[i][a]);
  }));
  $('choices').replaceChildren(...rows);
}

/* ── Numbers ── */
function table() {
  const head = [...(DATA.sides.length > 1 ? ['model'] : []), 'layer', 'pictures', 'crop', 'concepts', 'crops', ...DATA.charts.map(c => c.title)];
  $('tableHead').replaceChildren(h('tr', null, ...head.map(t => h('th', {scope: 'col'}, t))));
  const cell = (c, v) => {
    if (!v || !known(v.value)) return h('td', null, '–');
    const f = x => c.share ? pct(x) : num(x);
    return h('td', null, f(v.value), known(v.low) ? h('small', null, `${f(v.low)} to ${f(v.high)}`) : null, known(v.chance) ? h('small.by', null, f(v.chance)) : null);
  };
  $('tableBody').replaceChildren(...points.map(p => h('tr', null,
    ...(DATA.sides.length > 1 ? [h('td.t', null, DATA.sides[p.side].model)] : []),
    h('td.t', null, p.layer), ...[p.pictures, p.patch, p.concepts, p.crops].map(v => h('td', null, String(v))),
    ...DATA.charts.map(c => cell(c, p.figures[c.figure])))));
}

function words() {
  for (const id of ['where', 'ask', 'headline', 'caution', 'methodLead', 'foot']) $(id).textContent = DATA[id];
  const pairs = (id, facts) => $(id).replaceChildren(...facts.flatMap(f => [h('dt', null, f.name), h('dd', null, f.value)]));
  $('facts').replaceChildren(...DATA.facts.map(f => h('div', null, h('dt', null, f.name), h('dd', null, f.value))));
  pairs('gloss', DATA.words);
  pairs('prov', DATA.provenance);
  $('own').replaceChildren(...DATA.own.map(t => h('li', null, t)));
  $('notes').replaceChildren(...DATA.notes.map(t => h('li', null, t)));
  const two = DATA.sides.length > 1;
  $('legend').textContent = (two ? `Solid: ${DATA.sides[0].model}. Dashed: ${DATA.sides[1].model}. ` : '') +
    'Dots are values, whiskers 95' + NBSP + '% intervals, grey lines what chance gives.' +
    (DATA.axis === 'patch' && DATA.sides.some(x => x.ownPatches.length) ? ' Dotted uprights: the transformer’s own patches.' : '');
}

$('theme').addEventListener('click', () => {
  root.dataset.theme = dark() ? 'light' : 'dark';
  theme();
});
system.addEventListener('change', theme);
theme();
words();
charts();
choices();
table();
