/* ── Deletion and insertion, ours against random orders ── */
const narrow = matchMedia('(max-width:760px)');

function chart(title, curve, xLabel, less) {
  const logit = state.scale === 'logit', ours = logit ? curve.logit : curve.probability;
  const random = logit ? curve.randomLogit : curve.randomProbability, area = logit ? curve.areaLogit : curve.areaProbability;
  const W = narrow.matches ? 350 : 520, H = narrow.matches ? 230 : 260, left = 40, right = 14, top = 14, bottom = 36, n = ours.length - 1;
  const values = [...ours, ...random.low, ...random.high];
  let low = logit ? Math.min(...values, 0) : 0, high = logit ? Math.max(...values, .1) : [.1, .25, .5, 1].find(v => v >= Math.max(...values)) || 1;
  const marks = ticks(low, high, 5);
  const X = i => left + (W - left - right) * i / Math.max(1, n), Y = v => top + (H - top - bottom) * (high - v) / (high - low || 1);
  const path = list => 'M' + list.map((v, i) => X(i).toFixed(1) + ' ' + Y(v).toFixed(1)).join('L');
  const say = `Area ${num(area)}, against ${num(random.area)} in random order: ${(less ? area < random.area : area > random.area) ? 'better' : 'no better'} (${less ? 'less' : 'more'} is better).`;
  const svg = s('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': `${title}. ${say}`});
  for (const v of marks) {
    svg.append(s('path', {d: `M${left} ${Y(v)}H${W - right}`, stroke: 'var(--line)'}),
      s('text', {x: left - 7, y: Y(v) + 4, 'font-size': 12, 'text-anchor': 'end'}, minus(String(+v.toFixed(6)))));
  }
  const every = Math.ceil((n + 1) / (narrow.matches ? 11 : 16));
  for (let i = 0; i <= n; i += every) svg.append(s('text', {x: X(i), y: H - bottom + 17, 'font-size': 12, 'text-anchor': 'middle'}, String(i)));
  svg.append(s('text', {x: (W + left - right) / 2, y: H - 3, 'font-size': 12, 'text-anchor': 'middle'}, xLabel));
  svg.append(s('path', {d: path(random.high) + 'L' + random.low.map((v, i) => X(i).toFixed(1) + ' ' + Y(v).toFixed(1)).reverse().join('L') + 'Z', fill: 'var(--chance)', opacity: .22}),
    s('path', {d: path(random.mean), fill: 'none', stroke: 'var(--chance)', 'stroke-width': 1.8}),
    s('path', {d: path(ours), fill: 'none', stroke: 'var(--ink)', 'stroke-width': 2.2}));
  const room = n <= (narrow.matches ? 12 : 20);
  ours.forEach((v, i) => {
    const id = i ? curve.order[i - 1] : null, g = s('g', {class: i ? hueClass(id) : ''});
    g.append(s('circle', {cx: X(i), cy: Y(v), r: i ? (room ? 9 : 5) : 3.5, fill: i ? 'var(--c)' : 'var(--ink)', stroke: 'var(--paper)', 'stroke-width': 1.5}));
    if (i && room) g.append(s('text', {x: X(i), y: Y(v) + 4, 'font-size': 11, 'font-weight': 700, 'text-anchor': 'middle', class: 'on'}, String(id)));
    g.append(s('title', null, i ? `${label(id)} ${less ? 'gone' : 'back'}: ${num(v)}` : `${less ? 'all concepts' : 'no concept'}: ${num(v)}`));
    svg.append(g);
  });
  return h('figure', null, h('h3', null, title), h('p.note', null, say), h('p.legend', null,
    h('span', null, 'raising first'), h('span.r', null, 'random order, mean'), h('span.band', null, '95' + NBSP + '% of random orders')), svg);
}

narrow.addEventListener('change', () => curves());

function curves() {
  $('charts').replaceChildren(
    chart('Taking concepts away', K.deletion, 'concepts taken away', true),
    chart('Putting concepts back', K.insertion, 'concepts put back', false));
}
