/* ── Importance estimators beside each other ── */
const NAMES = {
  'affine-exact': 'Sobol, exact', jansen: 'Sobol, sampled', occlusion: 'Occlusion', rise: 'RISE', hsic: 'HSIC',
  'gradient-x-code': 'Gradient × code', 'integrated-gradients': 'Integrated Gradients', smoothgrad: 'SmoothGrad'
};
const SCALES = {variance: 'share of variance', score: 'logits', dependence: 'dependence'};
const nameOf = e => NAMES[e.name] || e.name;
const hue = i => i < 6 ? 'k' + i : 'kx';
const DASH = ['', '7 4', '2 3', '9 3 2 3'];
const all = DATA.estimators;
let front = 0;

const between = m => known(m.low) && known(m.high) ? `${num(m.low)} to ${num(m.high)}` : '–';

/* A gain over chance: 0 is a grey tick, the interval a line, the mean a dot. */
function whisker(m, low, high, said) {
  const W = 150, at = v => 4 + (W - 8) * (v - low) / (high - low || 1);
  const svg = s('svg', {viewBox: `0 0 ${W} 14`, class: 'whisk', role: 'img', 'aria-label': said});
  svg.append(s('path', {d: `M${at(0)} 0V14`, stroke: 'var(--chance)', 'stroke-width': 1.5}));
  if (known(m.low) && known(m.high)) svg.append(s('path', {d: `M${at(m.low)} 7H${at(m.high)}`, stroke: 'var(--ink)', 'stroke-width': 2}));
  svg.append(s('circle', {cx: at(m.mean), cy: 7, r: 3.5, fill: 'var(--ink)'}));
  return svg;
}

function marksTable() {
  const rows = [...all.map(e => [e, e.marks]), [null, DATA.random]];
  const range = key => {
    const v = rows.flatMap(([, m]) => [m[key].low, m[key].high, m[key].mean, 0]).filter(known);
    return [Math.min(...v), Math.max(...v)];
  };
  const best = key => Math.max(...all.map(e => e.marks[key].mean));
  const [dl, dh] = range('deletionGain'), [il, ih] = range('insertionGain');
  const bestDeletion = best('deletionGain'), bestInsertion = best('insertionGain'), bestFidelity = best('fidelity');
  const near = (a, b) => Math.abs(a - b) < 5e-7 * (1 + Math.abs(b));
  $('marksHead').replaceChildren(h('tr', null, ...['estimator', 'deletion: score left (less is better)', 'better than chance by',
    'insertion: score back (more is better)', 'better than chance by', 'µFidelity (1 is best)', 'time'].map(t => h('th', {scope: 'col'}, t))));
  $('marksBody').replaceChildren(...rows.map(([e, m]) => h('tr' + (e ? '' : '.random'), null,
    h('th', {scope: 'row'}, e ? nameOf(e) : 'Random order', h('small', null, e ? detail(e) : 'what chance gives')),
    h('td' + (e && near(m.deletionGain.mean, bestDeletion) ? '.best' : ''), null, num(m.deletion.mean), h('small', null, between(m.deletion))),
    h('td', null, whisker(m.deletionGain, dl, dh, `deletion better than chance by ${num(m.deletionGain.mean)}`),
      h('small', null, signed(m.deletionGain.mean) + ' (' + between(m.deletionGain) + ')')),
    h('td' + (e && near(m.insertionGain.mean, bestInsertion) ? '.best' : ''), null, num(m.insertion.mean), h('small', null, between(m.insertion))),
    h('td', null, whisker(m.insertionGain, il, ih, `insertion better than chance by ${num(m.insertionGain.mean)}`),
      h('small', null, signed(m.insertionGain.mean) + ' (' + between(m.insertionGain) + ')')),
    h('td' + (e && near(m.fidelity.mean, bestFidelity) ? '.best' : ''), null, num(m.fidelity.mean), h('small', null, between(m.fidelity))),
    h('td', null, e ? seconds(e.seconds) : '', h('small', null, e ? seconds(e.seconds / DATA.pictures) + ' a picture' : '')))));
  const items = [...DATA.missing.map(m => `${NAMES[m.name] || m.name} is not here: ${m.why}`), ...DATA.notes];
  $('notes').replaceChildren(...items.map(t => h('li', null, t)));
}

const detail = e => SCALES[e.scale] + ', ' + (e.masks ? `${e.masks} masks a picture` : 'nothing sampled') + (e.gradients ? ', gradients' : '');
const seconds = v => v >= 100 ? v.toFixed(0) + NBSP + 's' : v >= .1 ? v.toFixed(1) + NBSP + 's' : (v * 1000).toFixed(1) + NBSP + 'ms';

/* ── Curves ── */
const narrow = matchMedia('(max-width:760px)');

function chart(title, key, xLabel) {
  const [W, H] = narrow.matches ? [350, 240] : [520, 290], left = 44, right = 12, top = 12, bottom = 36;
  const lines = [...all.map(e => e.marks[key]), DATA.random[key]], flat = lines.flat();
  const low = Math.min(...flat, 0), high = Math.max(...flat, .1), n = lines[0].length - 1;
  const X = i => left + (W - left - right) * i / n, Y = v => top + (H - top - bottom) * (high - v) / (high - low);
  const path = list => 'M' + list.map((v, i) => X(i).toFixed(1) + ' ' + Y(v).toFixed(1)).join('L');
  const svg = s('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': `${title}: ${all.map(e => nameOf(e) + ' from ' + num(e.marks[key][0]) + ' to ' + num(e.marks[key][1]) + ' after one concept').join('; ')}`});
  for (const v of ticks(low, high, 5)) {
    svg.append(s('path', {d: `M${left} ${Y(v)}H${W - right}`, stroke: 'var(--line)'}),
      s('text', {x: left - 7, y: Y(v) + 4, 'font-size': 12, 'text-anchor': 'end'}, minus(String(+v.toFixed(6)))));
  }
  const every = Math.ceil((n + 1) / (W < 400 ? 11 : 16));
  for (let i = 0; i <= n; i += every) svg.append(s('text', {x: X(i), y: H - bottom + 17, 'font-size': 12, 'text-anchor': 'middle'}, String(i)));
  svg.append(s('text', {x: (W + left - right) / 2, y: H - 3, 'font-size': 12, 'text-anchor': 'middle'}, xLabel));
  svg.append(s('path', {d: path(DATA.random[key]), fill: 'none', stroke: 'var(--chance)', 'stroke-width': 2}));
  const drawn = all.map((e, i) => i).filter(i => i !== front).concat(front);
  for (const i of drawn) {
    const p = s('path', {d: path(all[i].marks[key]), fill: 'none', stroke: 'var(--c)', 'stroke-width': i === front ? 3.5 : 1.8,
      'stroke-dasharray': DASH[i % DASH.length], class: 'line ' + hue(i), opacity: i === front ? 1 : .55});
    p.append(s('title', null, nameOf(all[i])));
    svg.append(p);
  }
  return h('figure', null, h('h3', null, title), svg, h('figcaption.note', null, `In front: ${nameOf(all[front])}. Grey: random order.`));
}

function charts() {
  $('charts').replaceChildren(chart('Taking concepts away', 'deletionCurve', 'concepts taken away'), chart('Putting concepts back', 'insertionCurve', 'concepts put back'));
  for (const b of $('front').children) {
    const on = Number(b.dataset.e) === front;
    b.setAttribute('aria-checked', String(on));
    b.tabIndex = on ? 0 : -1;
  }
}

function fronts() {
  $('front').replaceChildren(...all.map((e, i) => h('button.chip.' + hue(i), {role: 'radio', 'data-e': i,
    onclick: () => { front = i; charts(); }}, h('i', {'aria-hidden': 'true'}), nameOf(e))));
  $('front').addEventListener('keydown', e => {
    const to = {ArrowRight: front + 1, ArrowDown: front + 1, ArrowLeft: front - 1, ArrowUp: front - 1, Home: 0, End: all.length - 1}[e.key];
    if (to === undefined) return;
    e.preventDefault();
    front = (to + all.length) % all.length;
    charts();
    $('front').children[front].focus();
  });
}

/* ── Values and agreement ── */
function valuesTable() {
  const most = Math.max(...all.flatMap(e => e.values.map(v => v.share)), .01);
  $('valuesHead').replaceChildren(h('tr', null, h('th', {scope: 'col'}, 'estimator'), ...DATA.concepts.map(c => {
    const crop = h('img', {src: 'data:image/jpeg;base64,' + c.crop, alt: 'strongest crop of concept ' + c.id, width: 40, height: 40});
    return h('th.c', {scope: 'col'}, c.crop ? crop : null, 'concept ' + c.id);
  })));
  $('valuesBody').replaceChildren(...all.map((e, i) => {
    const ranks = [...e.values].sort((a, b) => b.share - a.share).map(v => v.id);
    return h('tr', null, h('th', {scope: 'row'}, nameOf(e)), ...e.values.map(v => {
      const bar = h('i', {'aria-hidden': 'true'}), rank = ranks.indexOf(v.id) + 1;
      bar.style.setProperty('--w', v.share / most);
      const say = `concept ${v.id}: ${pct(v.share)} of the sum, rank ${rank}, ${v.sign < 0 ? 'lowers' : v.sign > 0 ? 'raises' : 'neither raises nor lowers'} the class; ${num(v.total, 3)} ${SCALES[e.scale]}, ${num(v.low, 3)} to ${num(v.high, 3)}`;
      return h('td', {title: say}, h('span.cell.' + hue(i) + (v.sign < 0 ? '.neg' : ''), {role: 'img', 'aria-label': say}, bar, h('span', {'aria-hidden': 'true'}, String(rank))));
    }));
  }));
}

function agreeTable() {
  $('agreement').hidden = all.length < 2;
  $('agreeHead').replaceChildren(h('tr', null, h('td'), ...all.map(e => h('th', {scope: 'col'}, nameOf(e)))));
  $('agreeBody').replaceChildren(...all.map((e, i) => h('tr', null, h('th', {scope: 'row'}, nameOf(e)), ...DATA.agreement[i].map(v => {
    const td = h('td', null, num(v));
    td.style.setProperty('--w', clamp(v, 0, 1));
    return td;
  }))));
}

/* ── Sentences, decided when the page was made ── */
function words() {
  $('where').textContent = DATA.where;
  $('ask').textContent = DATA.ask;
  $('headline').textContent = DATA.headline;
  $('caution').textContent = DATA.caution;
  $('methodLead').textContent = DATA.methodLead;
  const pairs = (id, facts) => $(id).replaceChildren(...facts.flatMap(f => [h('dt', null, f.name), h('dd', null, f.value)]));
  $('facts').replaceChildren(...DATA.facts.map(f => h('div', null, h('dt', null, f.name), h('dd', null, f.value))));
  pairs('gloss', DATA.words);
  pairs('prov', DATA.provenance);
  $('foot').textContent = DATA.foot;
}

$('theme').addEventListener('click', () => {
  root.dataset.theme = dark() ? 'light' : 'dark';
  theme();
});
system.addEventListener('change', theme);
narrow.addEventListener('change', charts);
theme();
words();
marksTable();
fronts();
charts();
valuesTable();
agreeTable();
