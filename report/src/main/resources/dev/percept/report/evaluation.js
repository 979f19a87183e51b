/* ── Methods by metrics, from evaluation.json alone ── */
const E = DATA.evaluation;
const two = v => known(v) ? (Math.abs(v) >= 100 ? num(v, 0) : Math.abs(v) >= 10 ? num(v, 1) : num(v)) : '–';
const range = c => two(c.low) + ' to ' + two(c.high);
const direction = m => m.better === 'lower' ? '↓ lower is better' : '↑ higher is better';
const plain = name => name.replace('mufidelity', 'µFidelity').replaceAll('-', ' ');

/** Seconds as a person would say them. */
const time = v => v < .001 ? '<' + NBSP + '1' + NBSP + 'ms' : v < 1 ? Math.round(v * 1000) + NBSP + 'ms' : two(v) + NBSP + 's';

function cell(c) {
  const chance = c.overRandom && c.overRandom.low <= 0;
  const says = [c.best ? 'best of the column' : c.tied ? 'not told apart from the best' : '', chance ? 'no better than a random map' : '']
    .filter(Boolean).join(', ');
  const e = h('td', {title: `${says ? says + '; ' : ''}95${NBSP}% interval ${range(c)}, ${c.pictures} pictures`},
    h('b', null, two(c.mean)), h('small', null, range(c)));
  e.classList.toggle('best', c.best);
  e.classList.toggle('tied', c.tied);
  e.classList.toggle('chance', !!chance);
  if (says) e.append(h('span.hide', null, says));
  return e;
}

/** Metrics by what they ask; a table wider than the page would hide half of them. */
const GROUPS = [
  ['Does the map say what the model uses?', n => /^(deletion|insertion|mufidelity)/.test(n)],
  ['Does it lie on the thing?', n => /^(pointing|relevance)/.test(n)],
  ['Does it hold still, and does it follow the model?', n => /^(average-stability|sensitivity|model-|random-)/.test(n)],
  ['How does it look?', () => true]
];

function groupTable(columns, timed) {
  const head = h('tr', null, h('th', {scope: 'col'}, 'method'), ...columns.map(i => h('th', {scope: 'col'},
    h('b', null, plain(E.metrics[i].name)), h('small', null, direction(E.metrics[i])),
    h('small', null, E.methods[0].cells[i].pictures + ' pictures'))),
    timed ? h('th', {scope: 'col'}, h('b', null, 'time a picture'), h('small', null, 'passes')) : null);
  const rows = E.methods.map(m => {
    const passes = m.forwards + ' forward' + (m.backwards ? ', ' + m.backwards + ' back' : '');
    const row = h('tr', null,
      h('th', {scope: 'row', title: m.settings}, m.name, h('small', null, m.random ? 'a random map' : m.baseline ? 'baseline ' + m.baseline : '')),
      ...columns.map(i => cell(m.cells[i])),
      timed ? h('td', null, h('b', null, time(m.secondsPerPicture)), h('small', null, m.random ? '' : passes)) : null);
    row.classList.toggle('random', m.random);
    return row;
  });
  return h('table.grid', null, h('thead', null, head), h('tbody', null, ...rows));
}

function table() {
  const left = E.metrics.map((_, i) => i), boxes = [];
  for (const [title, fits] of GROUPS) {
    const columns = left.filter(i => fits(E.metrics[i].name));
    for (const i of columns) left.splice(left.indexOf(i), 1);
    if (!columns.length) continue;
    boxes.push(h('h3', null, title),
      h('div.scroll', {tabindex: 0, role: 'region', 'aria-label': title}, groupTable(columns, !boxes.length)));
  }
  $('grids').replaceChildren(...boxes);
  $('tableLead').textContent = DATA.tableLead;
  $('notes').replaceChildren(...E.notes.map(n => h('li', null, n)));
}

/* ── Curves: one small chart a method, all on one scale ── */
function small(line, random, low, high, label) {
  const W = 250, H = 150, left = 34, right = 6, top = 8, bottom = 22, n = line.values.length - 1;
  const X = i => left + (W - left - right) * i / n, Y = v => top + (H - top - bottom) * (high - v) / (high - low || 1);
  const path = list => 'M' + list.map((v, i) => X(i).toFixed(1) + ' ' + Y(v).toFixed(1)).join('L');
  const band = (l, look) => s('path', {d: path(l.high) + 'L' + l.low.map((v, i) => X(i).toFixed(1) + ' ' + Y(v).toFixed(1)).reverse().join('L') + 'Z', stroke: 'none', ...look});
  const svg = s('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': label});
  for (const v of ticks(low, high, 4)) {
    svg.append(s('path', {d: `M${left} ${Y(v)}H${W - right}`, stroke: 'var(--line)'}),
      s('text', {x: left - 5, y: Y(v) + 4, 'font-size': 11, 'text-anchor': 'end'}, minus(String(+v.toFixed(6)))));
  }
  for (const p of [0, .5, 1]) svg.append(s('text', {x: X(p * n), y: H - 6, 'font-size': 11, 'text-anchor': p ? p === 1 ? 'end' : 'middle' : 'start'}, p * 100 + NBSP + '%'));
  for (const r of random) svg.append(band(r, {fill: 'var(--chance)', opacity: .22}), s('path', {d: path(r.values), fill: 'none', stroke: 'var(--chance)', 'stroke-width': 1.4}));
  svg.append(band(line, {fill: 'var(--ink)', opacity: .12}), s('path', {d: path(line.values), fill: 'none', stroke: 'var(--ink)', 'stroke-width': 2}));
  return svg;
}

function curveBoxes() {
  const boxes = [];
  for (const [way, title, good] of [['deletion', 'Taking pixels away', 'A curve below the band is better than chance.'], ['insertion', 'Putting pixels back', 'A curve above the band is better than chance.']]) {
    const curve = E.curves.find(c => c.metric === way + '-' + state.scale);
    if (!curve) continue;
    const isRandom = new Map(E.methods.map(m => [m.name, m.random]));
    const random = curve.lines.filter(l => isRandom.get(l.method));
    const all = curve.lines.flatMap(l => [...l.low, ...l.high]);
    const low = Math.min(0, ...all), high = Math.max(...all);
    const at = E.metrics.findIndex(m => m.name === curve.metric);
    boxes.push(h('h3', null, title), h('p.note', null, good + ' Baseline: ' + E.baseline + '.'),
      h('div.multi', null, ...curve.lines.filter(l => !isRandom.get(l.method)).map(l => {
        const c = E.methods.find(m => m.name === l.method).cells[at];
        const says = `area ${two(c.mean)} (${range(c)})`;
        return h('figure', null, h('h4', null, l.method), h('p.small', null, says), small(l, random, low, high, `${title}, ${l.method}: ${says}`));
      })));
  }
  $('curves').hidden = !E.curves.length;
  $('curveBoxes').replaceChildren(...boxes);
}

function cascade() {
  $('cascade').hidden = !E.cascade.length;
  if (!E.cascade.length) return;
  const head = h('tr', null, h('th', {scope: 'col'}, 'method'), ...E.cascade.map(t =>
    h('th', {scope: 'col'}, h('b', null, t.name), h('small', null, t.layers + (t.layers === 1 ? ' layer' : ' layers')))));
  $('cascadeGrid').replaceChildren(h('thead', null, head), h('tbody', null, ...E.methods.map((m, i) => {
    const row = h('tr', null, h('th', {scope: 'row'}, m.name), ...E.cascade.map(t => {
      const c = t.likeness[i];
      return h('td', {title: c.pictures + ' pictures'}, h('b', null, two(c.mean)), h('small', null, range(c)));
    }));
    row.classList.toggle('random', m.random);
    return row;
  })));
}

function words() {
  $('brand').textContent = DATA.product;
  $('ask').textContent = DATA.ask;
  $('headline').textContent = DATA.headline;
  $('caution').textContent = DATA.caution;
  $('facts').replaceChildren(...DATA.facts.map(f => h('div', null, h('dt', null, f.name), h('dd', null, f.text))));
  $('gloss').replaceChildren(...DATA.glossary.flatMap(g => [h('dt', null, plain(g.name)), h('dd', null, g.text)]));
  $('limits').replaceChildren(...DATA.limits.map(l => h('li', null, l)));
  $('prov').replaceChildren(...DATA.provenance.flatMap(p => [h('dt', null, p.name), h('dd', null, p.text)]));
  $('foot').textContent = DATA.foot;
}

$('theme').addEventListener('click', () => {
  root.dataset.theme = dark() ? 'light' : 'dark';
  theme();
});
system.addEventListener('change', theme);
const state = {scale: E.curves.some(c => c.metric.endsWith('-logit')) ? 'logit' : 'probability'};
const kinds = ['logit', 'probability'].filter(k => E.curves.some(c => c.metric.endsWith('-' + k)));
$('scale').hidden = kinds.length < 2;
for (const r of document.querySelectorAll('[name=scale]')) {
  r.checked = r.value === state.scale;
  r.addEventListener('change', () => {
    state.scale = r.value;
    curveBoxes();
  });
}
words();
table();
curveBoxes();
cascade();
theme();
