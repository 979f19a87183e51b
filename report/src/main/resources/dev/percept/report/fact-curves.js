/* ── Deletion, and C² ── */
const METHODS = {exact: 'exact contributions', sobol: 'Sobol indices', saliency: 'saliency', 'gradient x input': 'gradient × input', 'leave one out': 'each alone', random: 'random order',
  fact: 'these concepts', 'fact-codes': 'these concepts, by their codes', craft: 'CRAFT', channels: 'channels of the layer', pca: 'PCA', 'k-means': 'k-means'};
const DASH = {sobol: '7 4', saliency: '2 3', 'gradient x input': '9 3 2 3', 'leave one out': '14 4'};
const methodName = m => METHODS[m] || m;

function line(method) {
  const random = method === 'random';
  return {fill: 'none', stroke: random ? 'var(--chance)' : 'var(--ink)', 'stroke-width': method === 'exact' ? 3 : 1.7, ...(DASH[method] ? {'stroke-dasharray': DASH[method]} : {})};
}

function deletionChart(title, note, key, list) {
  const [W, H] = matchMedia('(max-width:760px)').matches ? [350, 250] : [540, 300], left = 42, right = 14, top = 14, bottom = 38;
  const shares = DATA.deletion.shares, all = list.flatMap(c => c[key]), low = Math.min(0, ...all), high = Math.max(key === 'accuracy' ? 1 : .01, ...all);
  const X = i => left + (W - left - right) * shares[i], Y = v => top + (H - top - bottom) * (high - v) / (high - low);
  const svg = s('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': `${title}. ` + list.map(c => `${methodName(c.method)}: area ${num(key === 'logit' ? c.areaLogit : c.areaAccuracy)}`).join(', ')});
  for (const v of ticks(low, high, 5)) {
    svg.append(s('path', {d: `M${left} ${Y(v)}H${W - right}`, stroke: 'var(--line)'}), s('text', {x: left - 7, y: Y(v) + 4, 'font-size': 12, 'text-anchor': 'end'}, minus(String(+v.toFixed(6)))));
  }
  for (const v of [0, .25, .5, .75, 1]) svg.append(s('text', {x: left + (W - left - right) * v, y: H - bottom + 17, 'font-size': 12, 'text-anchor': 'middle'}, Math.round(v * 100) + NBSP + '%'));
  svg.append(s('text', {x: (W + left - right) / 2, y: H - 4, 'font-size': 12, 'text-anchor': 'middle'}, 'share of the picture’s concepts taken away'));
  for (const c of [...list].reverse()) {
    const path = s('path', {d: 'M' + c[key].map((v, i) => X(i).toFixed(1) + ' ' + Y(v).toFixed(1)).join('L'), ...line(c.method)});
    path.append(s('title', null, methodName(c.method)));
    svg.append(path);
  }
  return h('figure', null, h('h3', null, title), h('p.note', null, note), h('p.keys', null, ...list.map(c => h('span', null, s('svg', {viewBox: '0 0 30 8', width: 30, height: 8, 'aria-hidden': 'true'}, s('path', {d: 'M1 4H29', ...line(c.method)})), methodName(c.method)))), svg);
}

function curves() {
  const d = DATA.deletion;
  $('curves').hidden = !d;
  if (!d) return;
  const both = [true, false].filter(v => d.curves.some(c => c.withAlwaysOn === v));
  $('always').hidden = both.length < 2;
  const list = d.curves.filter(c => c.withAlwaysOn === (both.length < 2 ? both[0] : state.always));
  $('curvesLead').textContent = `If contributions say what an answer hangs on, taking the largest away first should ruin it sooner than any other order. Each picture loses its own concepts, ${num(list[0].removed, 0)} on average, put to zero everywhere; mean of ${d.pictures} pictures. Sooner down is better.`;
  $('charts').replaceChildren(
    deletionChart('Score', 'Score (logit) of what the network said first.', 'logit', list),
    deletionChart('Still right', 'Share of the pictures that the network calls what they are.', 'accuracy', list));
  const span = i => known(i.low) && known(i.high) ? `${plus(i.low)} to ${plus(i.high)}` : '–';
  $('areas').replaceChildren(h('caption.note', null, 'Mean heights of the curves; lower is better. Behind: how much higher than that of contributions, 95' + NBSP + '% interval, paired by picture. An interval that holds 0 decides nothing.'),
    h('thead', null, h('tr', null, ...['order', 'score', 'behind', 'still right', 'behind'].map(t => h('th', {scope: 'col'}, t)))),
    h('tbody', null, ...[...list].sort((a, b) => a.areaLogit - b.areaLogit).map(c => h('tr', null, h('th', {scope: 'row'}, methodName(c.method)), h('td', null, num(c.areaLogit, 3)), h('td', null, c.method === 'exact' ? '–' : span(c.behindLogit)), h('td', null, num(c.areaAccuracy, 3)), h('td', null, c.method === 'exact' ? '–' : span(c.behindAccuracy))))));
}

function alike() {
  const a = DATA.consistency;
  $('alike').hidden = !a;
  if (!a) return;
  $('alikeLead').textContent = `C² asks a judge that knows nothing of this network (${a.judge}) whether the places that a concept attends to look alike. Mean over concepts, less the same for a random concept, so chance is 0; the interval (95${NBSP}%) is over concepts. Two more rivals: random maps on the same pictures (what choosing pictures is worth, the grey tick) and the same maps on other pictures (what size and place are worth).`;
  const most = Math.max(.05, ...a.rows.map(r => r.high).filter(known), ...a.rows.flatMap(r => [r.value, r.anywhere])), low = Math.min(0, ...a.rows.flatMap(r => [r.low, r.value, r.anywhere]).filter(known)), at = v => (v - low) / (most - low) * 100;
  $('alikeRows').replaceChildren(h('thead', null, h('tr', null, ...['concepts of', 'C²', 'as a bar', 'random maps, same pictures', 'same maps, other pictures', 'random, taken off', 'concepts', 'too rare'].map(t => h('th', {scope: 'col'}, t)))),
    h('tbody', null, ...a.rows.map((r, i) => {
      const track = h('span.tr2', {'aria-hidden': 'true'}, h('i' + (i ? '' : '.own')), h('u'), h('b'), h('s'));
      track.children[0].style.left = at(Math.min(0, r.value)) + '%';
      track.children[0].style.width = at(Math.max(0, r.value)) - at(Math.min(0, r.value)) + '%';
      track.children[1].style.left = at(r.low) + '%';
      track.children[1].style.width = at(r.high) - at(r.low) + '%';
      track.children[2].style.left = at(0) + '%';
      track.children[3].style.left = at(r.anywhere) + '%';
      return h('tr', null, h('th', {scope: 'row'}, methodName(r.method)), h('td', null, num(r.value), known(r.low) ? h('span.small', null, ` ${num(r.low)} to ${num(r.high)}`) : null), h('td.wide', null, track),
        h('td', null, num(r.anywhere)), h('td', null, num(r.elsewhere)), h('td', null, num(r.random)), h('td', null, String(r.concepts)), h('td', null, String(r.skipped)));
    })));
}
