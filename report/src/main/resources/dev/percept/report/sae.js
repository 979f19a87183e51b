/* ── Autoencoders of several sizes: accuracy against L0, and whether latents come back ── */
const S = DATA.sweep;
const classes = known(S.accuracy);
const score = p => classes ? p.accuracy : p.kept;
const taken = S.points[S.chosen];
const W = 760, H = 380, LEFT = 62, RIGHT = 24, TOP = 22, BOTTOM = 46;

/** Points that none beats in both: sparser and at least as right. */
function frontier(points) {
  const out = [];
  for (const p of [...points].sort((a, b) => a.l0 - b.l0 || score(b) - score(a)))
    if (!out.length || score(p) > score(out[out.length - 1])) out.push(p);
  return out;
}

function pareto() {
  const best = S.points.filter(p => p.best);
  const reference = classes ? S.accuracy : 1;
  const l0 = S.points.map(p => Math.log(Math.max(p.l0, .1)));
  const low0 = Math.min(...l0) - .15, high0 = Math.max(...l0) + .15;
  const X = v => LEFT + (W - LEFT - RIGHT) * (Math.log(Math.max(v, .1)) - low0) / (high0 - low0);
  const all = [...S.points.map(score), reference, reference - S.maxDrop];
  const high = Math.min(1, Math.max(...all) + .01), low = Math.max(0, Math.min(...all) - .02);
  const Y = v => TOP + (H - TOP - BOTTOM) * (high - v) / (high - low || 1);
  const what = classes ? 'accuracy' : 'answers kept';
  const svg = s('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label':
    `${what} against latents that speak at a place. ` + best.map(p => `${p.name}: ${num(p.l0, 1)}, ${pct(score(p), 1)}`).join('; ')});
  for (const v of ticks(low, high, 5)) svg.append(
    s('path', {d: `M${LEFT} ${Y(v)}H${W - RIGHT}`, stroke: 'var(--line)'}),
    s('text', {x: LEFT - 8, y: Y(v) + 4, 'font-size': 12, 'text-anchor': 'end'}, pct(v, 1)));
  let last = -99;
  for (const v of [...new Set(best.map(p => +p.l0.toFixed(1)))].sort((a, b) => a - b)) {
    const x = X(v);
    if (x - last < 34) continue;
    last = x;
    svg.append(s('text', {x, y: H - BOTTOM + 18, 'font-size': 12, 'text-anchor': 'middle'}, String(v)));
  }
  svg.append(s('text', {x: (W + LEFT) / 2, y: H - 6, 'font-size': 12, 'text-anchor': 'middle'}, 'L0: latents that speak at a place'));
  const line = (v, dash, text) => svg.append(
    s('path', {d: `M${LEFT} ${Y(v)}H${W - RIGHT}`, stroke: 'var(--ink)', 'stroke-dasharray': dash, 'stroke-width': 1}),
    s('text', {x: W - RIGHT, y: Y(v) - 5, 'font-size': 11, 'text-anchor': 'end'}, text));
  line(reference, '1 3', classes ? 'the network alone' : 'every answer');
  line(reference - S.maxDrop, '5 4', 'what may be lost');
  const edge = frontier(best);
  svg.append(s('path', {d: 'M' + edge.map(p => `${X(p.l0).toFixed(1)} ${Y(score(p)).toFixed(1)}`).join('L'), fill: 'none', stroke: 'var(--chance)', 'stroke-width': 2}));
  for (const p of S.points) {
    const dot = s('circle', {cx: X(p.l0), cy: Y(score(p)), r: p === taken ? 7 : p.best ? 5 : 2.5,
      fill: p === taken ? 'var(--ink)' : p.best ? 'var(--paper)' : 'var(--chance)', stroke: p.best ? 'var(--ink)' : 'none', 'stroke-width': 1.5});
    dot.append(s('title', null, `${p.name}, epoch ${p.epoch}: L0 ${num(p.l0, 1)}, ${what} ${pct(score(p), 1)}, R² ${num(p.r2)}`));
    svg.append(dot);
  }
  $('pareto').replaceChildren(svg);
  $('paretoLead').textContent = `Circles: the best checkpoint of each training; small dots: its other checkpoints; filled: the one taken, the sparsest that loses no more than ${pct(S.maxDrop)} of the ${classes ? 'pictures' : 'answers'}. The line joins those that none beats in both.`;
}

function stability() {
  const t = S.stability;
  if (!t) return;
  $('again').hidden = false;
  const count = b => t.latents.filter(l => l.badge === b).length;
  $('againLead').textContent = `${count('stable')} of ${t.latents.length} latents are stable, ${count('partly')} partly, ${count('not')} not, ${count('dead')} never speak. Trained again from ${t.starts} other starts and on ${t.halves} halves of the pictures; a random dictionary is matched with a cosine of ${num(t.random)} on average, 95${NBSP}% of it below ${num(t.random95)}.`;
  const BINS = 25, bins = Array.from({length: BINS}, () => ({stable: 0, partly: 0, not: 0}));
  for (const l of t.latents) if (l.badge !== 'dead') bins[clamp(Math.floor((l.starts + l.halves) / 2 * BINS), 0, BINS - 1)][l.badge]++;
  const most = Math.max(1, ...bins.map(b => b.stable + b.partly + b.not));
  const X = v => LEFT + (W - LEFT - RIGHT) * v, Y = v => TOP + (H - TOP - BOTTOM) * (1 - v / most);
  const svg = s('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': 'Latents by their mean cosine to what was found again. ' + $('againLead').textContent});
  const FILL = {not: 'var(--line)', partly: 'var(--chance)', stable: 'var(--ink)'};
  bins.forEach((b, i) => {
    let under = 0;
    for (const kind of ['not', 'partly', 'stable']) {
      if (!b[kind]) continue;
      const bar = s('rect', {x: X(i / BINS) + 1, width: (W - LEFT - RIGHT) / BINS - 2, y: Y(under + b[kind]), height: Y(under) - Y(under + b[kind]), fill: FILL[kind], stroke: 'var(--ink)', 'stroke-width': .6});
      bar.append(s('title', null, `${b[kind]} ${kind}, cosine ${num(i / BINS)} to ${num((i + 1) / BINS)}`));
      svg.append(bar);
      under += b[kind];
    }
  });
  for (const v of [0, .2, .4, .6, .8, 1]) svg.append(s('text', {x: X(v), y: H - BOTTOM + 18, 'font-size': 12, 'text-anchor': 'middle'}, String(v)));
  for (const v of ticks(0, most, 4)) svg.append(s('text', {x: LEFT - 8, y: Y(v) + 4, 'font-size': 12, 'text-anchor': 'end'}, String(v)));
  svg.append(s('path', {d: `M${X(t.random95)} ${TOP}V${H - BOTTOM}`, stroke: 'var(--ink)', 'stroke-dasharray': '1 3'}),
    s('text', {x: X(t.random95) + 4, y: TOP + 4, 'font-size': 11}, 'random dictionary, 95' + NBSP + '%'),
    s('text', {x: (W + LEFT) / 2, y: H - 6, 'font-size': 12, 'text-anchor': 'middle'}, 'mean cosine to the matched latent; black stable, grey partly, white not'));
  $('stability').replaceChildren(svg);
}

function table() {
  const columns = ['training', 'epoch', 'L0', 'L0 of a picture', ...(classes ? ['accuracy'] : []), 'answers kept', 'R²', 'dead', 'always on'];
  $('tableHead').replaceChildren(h('tr', null, ...columns.map(c => h('th', {scope: 'col'}, c))));
  $('tableBody').replaceChildren(...S.points.map(p => {
    const row = h('tr', null, h('td.t', null, (p === taken ? '● ' : '') + p.name), ...[String(p.epoch), num(p.l0, 1), num(p.l0Picture, 1),
      ...(classes ? [pct(p.accuracy, 1)] : []), pct(p.kept, 1), num(p.r2), `${p.dead} of ${p.latents}`, String(p.alwaysOn)].map(v => h('td', null, v)));
    row.classList.toggle('best', p.best);
    return row;
  }));
}

function words() {
  for (const id of ['where', 'ask', 'headline', 'caution']) $(id).textContent = DATA[id];
  const pairs = (id, facts) => $(id).replaceChildren(...facts.flatMap(f => [h('dt', null, f.name), h('dd', null, f.value)]));
  $('facts').replaceChildren(...DATA.facts.map(f => h('div', null, h('dt', null, f.name), h('dd', null, f.value))));
  pairs('gloss', DATA.words);
  pairs('prov', DATA.provenance);
  $('notes').replaceChildren(...S.notes.map(t => h('li', null, t)));
}

$('theme').addEventListener('click', () => {
  root.dataset.theme = dark() ? 'light' : 'dark';
  theme();
});
system.addEventListener('change', theme);
theme();
words();
pareto();
stability();
table();
