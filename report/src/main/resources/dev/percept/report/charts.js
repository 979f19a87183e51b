/* ── Deletion and insertion, ours against random orders ── */
const narrow = matchMedia('(max-width:760px)');

/** Three charts stand in narrower columns than two. */
const size = () => narrow.matches || K.ranks ? [350, 230] : [520, 260];

function chart(title, curve, xLabel, less) {
  const logit = state.scale === 'logit', ours = logit ? curve.logit : curve.probability;
  const random = logit ? curve.randomLogit : curve.randomProbability, area = logit ? curve.areaLogit : curve.areaProbability;
  const [W, H] = size(), left = 40, right = 14, top = 14, bottom = 36, n = ours.length - 1;
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
  const every = Math.ceil((n + 1) / (W < 400 ? 11 : 16));
  for (let i = 0; i <= n; i += every) svg.append(s('text', {x: X(i), y: H - bottom + 17, 'font-size': 12, 'text-anchor': 'middle'}, String(i)));
  svg.append(s('text', {x: (W + left - right) / 2, y: H - 3, 'font-size': 12, 'text-anchor': 'middle'}, xLabel));
  svg.append(s('path', {d: path(random.high) + 'L' + random.low.map((v, i) => X(i).toFixed(1) + ' ' + Y(v).toFixed(1)).reverse().join('L') + 'Z', fill: 'var(--chance)', opacity: .22}),
    s('path', {d: path(random.mean), fill: 'none', stroke: 'var(--chance)', 'stroke-width': 1.8}),
    s('path', {d: path(ours), fill: 'none', stroke: 'var(--ink)', 'stroke-width': 2.2}));
  const room = n <= (W < 400 ? 12 : 20);
  ours.forEach((v, i) => {
    const id = i ? curve.order[i - 1] : null, g = s('g', {class: i ? hueClass(id) : ''});
    g.append(s('circle', {cx: X(i), cy: Y(v), r: i ? (room ? 9 : 5) : 3.5, fill: i ? 'var(--c)' : 'var(--ink)', stroke: 'var(--paper)', 'stroke-width': 1.5}));
    if (i && room) g.append(s('text', {x: X(i), y: Y(v) + 4, 'font-size': 11, 'font-weight': 700, 'text-anchor': 'middle', class: 'on'}, String(id)));
    g.append(s('title', null, i ? `${label(id)} ${less ? 'gone' : 'back'}: ${num(v)}` : `${less ? 'all concepts' : 'no concept'}: ${num(v)}`));
    svg.append(g);
  });
  return h('figure', null, h('h3', null, title), h('p.note', null, say), h('p.legend', null,
    h('span', null, 'raising first'), h('span.r', null, 'random order, mean'), h('span.band', null, '90' + NBSP + '% of random orders')), svg);
}

/** How many concepts: what held-out pictures keep, and whether concepts come back. */
function rankChart({points, stable, chosen, say}) {
  const title = 'How many concepts?', [W, H] = size(), left = 40, right = 14, top = 18, bottom = 36;
  const kept = points.map(p => p.heldOutR2), low = Math.min(0, ...kept), first = points[0].concepts, last = points.at(-1).concepts;
  const X = r => left + (W - left - right) * (last > first ? (r - first) / (last - first) : .5), Y = v => top + (H - top - bottom) * (1 - v) / (1 - low);
  const line = (value, look) => s('path', {d: 'M' + points.map(p => X(p.concepts).toFixed(1) + ' ' + Y(value(p)).toFixed(1)).join('L'), fill: 'none', ...look});
  const svg = s('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': `${title} ${say}`});
  for (const v of ticks(low, 1, 5)) {
    svg.append(s('path', {d: `M${left} ${Y(v)}H${W - right}`, stroke: 'var(--line)'}),
      s('text', {x: left - 7, y: Y(v) + 4, 'font-size': 12, 'text-anchor': 'end'}, minus(String(+v.toFixed(6)))));
  }
  let end = -Infinity;
  for (const {concepts: r} of points) {
    if (X(r) - end < 22) continue;
    end = X(r);
    svg.append(s('text', {x: end, y: H - bottom + 17, 'font-size': 12, 'text-anchor': 'middle'}, String(r)));
  }
  const after = X(chosen) < W / 2;
  svg.append(s('text', {x: (W + left - right) / 2, y: H - 3, 'font-size': 12, 'text-anchor': 'middle'}, 'concepts'),
    s('path', {d: `M${left} ${Y(stable)}H${W - right}`, stroke: 'var(--soft)', 'stroke-dasharray': '1 4'}),
    s('path', {d: `M${X(chosen)} ${top - 6}V${H - bottom}`, stroke: 'var(--ink)', 'stroke-dasharray': '2 3'}),
    s('text', {x: X(chosen) + (after ? 5 : -5), y: H - bottom - 7, 'font-size': 12, 'text-anchor': after ? 'start' : 'end'}, 'chosen: ' + chosen),
    line(p => p.chance, {stroke: 'var(--chance)', 'stroke-width': 1.8}),
    line(p => p.stability, {stroke: 'var(--ink)', 'stroke-width': 2.2, 'stroke-dasharray': '6 4'}),
    line(p => p.heldOutR2, {stroke: 'var(--ink)', 'stroke-width': 2.2}));
  for (const p of points) {
    for (const [v, what] of [[p.heldOutR2, 'held-out R²'], [p.stability, 'stability']]) {
      const dot = s('circle', {cx: X(p.concepts), cy: Y(v), r: p.concepts === chosen ? 5 : 3, fill: 'var(--ink)', stroke: 'var(--paper)', 'stroke-width': 1.5});
      dot.append(s('title', null, `${p.concepts} concepts: ${what} ${num(v)}`));
      svg.append(dot);
    }
  }
  return h('figure', null, h('h3', null, title), h('p.note', null, say), h('p.legend', null,
    h('span', null, 'held-out R²'), h('span.d', null, 'stability'), h('span.r', null, 'stability of random concepts')), svg);
}

narrow.addEventListener('change', () => curves());

function curves() {
  $('charts').classList.toggle('three', !!K.ranks);
  $('charts').replaceChildren(
    chart('Taking concepts away', K.deletion, 'concepts taken away', true),
    chart('Putting concepts back', K.insertion, 'concepts put back', false),
    ...(K.ranks ? [rankChart(K.ranks)] : []));
}
