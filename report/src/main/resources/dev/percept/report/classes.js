/* ── Two classes in the concepts of both ── */
const C = DATA.comparison, T = C.thresholds, A = C.a.label.label, B = C.b.label.label;
const hue = id => id < 6 ? 'k' + id : 'kx';
const SAY = {
  'discriminating-used': 'Tells the classes apart, and is used.',
  'shared-used': 'Both have it alike, and it is used.',
  'discriminating-unused': 'Tells the classes apart, but is hardly used.',
  negligible: 'Both have it alike, and it is hardly used.',
  undecided: 'Undecided: an interval crosses a threshold.'
};
const narrow = matchMedia('(max-width:760px)');
const units = (d, v) => d.unit ? v / d.unit : 0;

/* ── Quadrants: one plane a class ── */
function plane(side, name, threshold, quadrant) {
  const [W, H] = narrow.matches ? [350, 340] : [540, 420], left = 46, right = 14, top = 22, bottom = 42;
  const uses = C.concepts.map(k => k[side]);
  const most = Math.min(1.2, Math.max(...uses.map(u => u.high), threshold * 1.6, .05) * 1.05);
  const ends = C.concepts.flatMap(k => [units(k.difference, k.difference.low), units(k.difference, k.difference.high)]).filter(known);
  const far = Math.min(6, Math.max(1, T.differs * 1.3, ...ends.map(Math.abs)) * 1.06);
  const X = v => left + (W - left - right) * clamp(v, 0, most) / most;
  const Y = v => top + (H - top - bottom) * (far - clamp(v, -far, far)) / (2 * far);
  const svg = s('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': `Importance for ${name} against the difference of the classes: ` +
    C.concepts.map(k => `concept ${k.id} ${SAY[k[quadrant]].toLowerCase()}`).join(' ')});
  svg.append(s('rect', {x: left, y: Y(T.shared), width: W - left - right, height: Y(-T.shared) - Y(T.shared), fill: 'var(--sunk)'}));
  for (const v of ticks(-far, far, 6)) svg.append(s('text', {x: left - 7, y: Y(v) + 4, 'font-size': 11, 'text-anchor': 'end'}, minus(String(+v.toFixed(3)))));
  for (const v of ticks(0, most, 5)) svg.append(s('text', {x: X(v), y: H - bottom + 16, 'font-size': 11, 'text-anchor': 'middle'}, Math.round(v * 100) + NBSP + '%'));
  svg.append(s('path', {d: `M${left} ${top}V${H - bottom}H${W - right}`, fill: 'none', stroke: 'var(--rule)'}));
  svg.append(s('path', {d: `M${X(threshold)} ${top}V${H - bottom}`, stroke: 'var(--chance)', 'stroke-dasharray': '4 3'}));
  for (const v of [T.differs, -T.differs]) svg.append(s('path', {d: `M${left} ${Y(v)}H${W - right}`, stroke: 'var(--chance)', 'stroke-dasharray': '2 3'}));
  const note = (x, y, anchor, text) => svg.append(s('text', {x, y, 'font-size': 11, 'text-anchor': anchor, class: 'no'}, text));
  note(W - right - 4, top + 12, 'end', `used, more in ${A}`);
  note(W - right - 4, H - bottom - 6, 'end', `used, more in ${B}`);
  note(W - right - 4, Y(0) - 3, 'end', 'used, in both alike');
  svg.append(s('text', {x: (W + left - right) / 2, y: H - 6, 'font-size': 11, 'text-anchor': 'middle'}, `importance for “${name}”: how much its score depends on it`));
  svg.append(s('text', {x: 12, y: (H - bottom + top) / 2, 'font-size': 11, 'text-anchor': 'middle', transform: `rotate(-90 12 ${(H - bottom + top) / 2})`}, 'difference of the classes, in units'));
  for (const k of [...C.concepts].reverse()) {
    const d = k.difference, u = k[side], x = X(u.total), y = Y(units(d, d.delta));
    const g = s('g', {class: hue(k.id)});
    g.append(s('path', {d: `M${X(u.low)} ${y}H${X(u.high)}M${x} ${Y(units(d, d.low))}V${Y(units(d, d.high))}`, stroke: 'var(--c)', 'stroke-width': 2, fill: 'none'}));
    const hollow = k[quadrant] === 'undecided';
    g.append(s('circle', {cx: x, cy: y, r: 9, fill: hollow ? 'var(--paper)' : 'var(--c)', stroke: 'var(--c)', 'stroke-width': 2}));
    const label = s('text', {x, y: y + 3.6, 'font-size': 10, 'text-anchor': 'middle', 'font-weight': 600});
    label.style.fill = hollow ? 'var(--ink)' : 'var(--con)';
    label.append(String(k.id));
    g.append(label, s('title', null, `concept ${k.id}: ${SAY[k[quadrant]]} Importance ${pct(u.total)} (${pct(u.low)} to ${pct(u.high)}), difference ${num(units(d, d.delta))} units (${num(units(d, d.low))} to ${num(units(d, d.high))})`));
    svg.append(g);
  }
  return h('figure', null, h('h3', null, `For “${name}”`), svg);
}

function planes() {
  $('planes').replaceChildren(plane('a', A, T.usedA, 'quadrantA'), plane('b', B, T.usedB, 'quadrantB'));
}

/* ── Concepts ── */
function of(k, name, mean, excerpts, use, most) {
  const bar = h('i' + (use.sign < 0 ? '.neg' : ''), {'aria-hidden': 'true'});
  bar.style.setProperty('--w', most ? mean / most : 0);
  const head = h('h4', null, name, bar, num(mean, 3));
  if (!excerpts.length) return h('div.of', null, head, h('p.note', null, 'Nowhere in this class.'));
  if (C.modality === 'pictures') {
    return h('div.of', null, head, h('div.crops', null, ...excerpts.map(e => h('figure', null,
      h('img', {src: 'data:image/jpeg;base64,' + e.content, alt: `crop of ${e.source}`, width: 84, height: 84, title: e.source}), h('figcaption', null, num(e.strength))))));
  }
  return h('div.of', null, head, h('ul', null, ...excerpts.map(e => {
    const li = h('li', {title: e.source}, h('span', null, e.content), h('span', null, num(e.strength)));
    li.style.setProperty('--w', e.strength);
    return li;
  })));
}

function cards() {
  $('cards').replaceChildren(...C.concepts.map(k => {
    const d = k.difference, most = Math.max(d.meanA, d.meanB, 0);
    const use = u => `${pct(u.total)} (${pct(u.low)} to ${pct(u.high)}), ${u.sign < 0 ? 'lowers it' : u.sign > 0 ? 'raises it' : 'neither raises nor lowers it'}`;
    return h('article.pair.' + hue(k.id), null,
      h('div', null, h('h3', null, h('span.badge' + (k.quadrant === 'undecided' ? '.hollow' : ''), null, String(k.id)), 'Concept ' + k.id),
        h('p.verdict', null, SAY[k.quadrant]),
        h('dl', null, h('dt', null, 'Δ'), h('dd', null, `${num(d.delta, 3)} (${num(d.low, 3)} to ${num(d.high, 3)}) = ${num(units(d, d.delta))} units`),
          h('dt', null, A), h('dd', null, use(k.a)), h('dt', null, B), h('dd', null, use(k.b)))),
      of(k, A, d.meanA, k.ofA, k.a, most), of(k, B, d.meanB, k.ofB, k.b, most));
  }));
}

/* ── Confusion ── */
function confusion() {
  const {classes, counts} = C.confusion;
  const other = counts.some(r => r[classes.length] > 0);
  const heads = [...classes.map(c => c.label), ...(other ? ['another'] : [])];
  $('confusionHead').replaceChildren(h('tr', null, h('td'), ...heads.map(t => h('th', {scope: 'col'}, t))));
  $('confusionBody').replaceChildren(...counts.map((row, i) => {
    const all = row.reduce((a, v) => a + v, 0);
    return h('tr', null, h('th', {scope: 'row'}, classes[i].label), ...row.slice(0, heads.length).map((v, j) => {
      const td = h('td' + (i === j ? '.hit' : ''), null, String(v));
      td.style.setProperty('--w', all ? v / all : 0);
      return td;
    }));
  }));
  $('confused').replaceChildren(...DATA.confused.map(t => h('li', null, t)));
}

function words() {
  for (const id of ['where', 'ask', 'headline', 'conclusion', 'rules', 'methodLead', 'foot']) $(id).textContent = DATA[id];
  const pairs = (id, facts) => $(id).replaceChildren(...facts.flatMap(f => [h('dt', null, f.name), h('dd', null, f.value)]));
  $('facts').replaceChildren(...DATA.facts.map(f => h('div', null, h('dt', null, f.name), h('dd', null, f.value))));
  pairs('gloss', DATA.words);
  pairs('prov', DATA.provenance);
  $('notes').replaceChildren(...C.notes.map(t => h('li', null, t)));
}

$('theme').addEventListener('click', () => {
  root.dataset.theme = dark() ? 'light' : 'dark';
  theme();
});
system.addEventListener('change', theme);
narrow.addEventListener('change', planes);
theme();
words();
planes();
cards();
confusion();
