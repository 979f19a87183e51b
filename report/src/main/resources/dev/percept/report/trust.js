/* ── Checks beside what chance gives ── */
function checkScale(k) {
  const f = v => k.log ? Math.log10(v) : v, low = f(k.min), high = f(k.max);
  const x = v => 6 + 348 * clamp((f(v) - low) / (high - low), 0, 1);
  const good = k.word === 'good', svg = s('svg', {viewBox: '0 0 360 40', 'aria-hidden': 'true'});
  svg.append(s('path', {d: 'M6 12H354', stroke: 'var(--line)', 'stroke-width': 6, 'stroke-linecap': 'round'}));
  if (known(k.value) && known(k.chance)) {
    svg.append(s('path', {d: `M${x(k.value)} 12H${x(k.chance)}`, stroke: 'var(--ink)', 'stroke-width': 2}));
  }
  if (known(k.chance)) {
    const at = x(k.chance), anchor = at < 50 ? 'start' : at > 310 ? 'end' : 'middle';
    svg.append(s('path', {d: `M${at} 2V22`, stroke: 'var(--chance)', 'stroke-width': 2.5}),
      s('text', {x: at < 50 ? Math.max(at - 4, 2) : at > 310 ? Math.min(at + 4, 358) : at, y: 37, 'font-size': 12, 'text-anchor': anchor}, k.chanceText));
  }
  if (known(k.value)) {
    svg.append(s('circle', {cx: x(k.value), cy: 12, r: 6, fill: good ? 'var(--ink)' : 'var(--paper)', stroke: 'var(--ink)', 'stroke-width': 2}));
    if (k.word === 'doubtful') svg.append(s('path', {d: `M${x(k.value)} 6a6 6 0 0 0 0 12z`, fill: 'var(--ink)'}));
  }
  return svg;
}

function trust() {
  $('checks').replaceChildren(...K.checks.map(k => h('article.check', null,
    h('h3', null, k.name),
    h('div.line', null, h('span.v', null, k.text), h('span.word.' + k.word, null, k.word)),
    checkScale(k), h('p.note', null, k.why))));
  $('checkN').textContent = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six'][K.checks.length] || K.checks.length;
  $('warn').replaceChildren(...[...new Set([...K.warnings, ...DATA.notes])].map(w => h('li', null, w)));
}

function trustOnce() {
  $('rules').append(...DATA.rules.map(r =>
    h('tr', null, h('th', {scope: 'row'}, r.name), h('td', null, r.good), h('td', null, r.doubtful))));
  const n = DATA.skipped.length;
  $('skippedBox').hidden = !n;
  $('skippedT').textContent = n === 1 ? 'One ' + N.one + ' could not be read and was left out' : n + ' ' + N.many + ' could not be read and were left out';
  $('skipped').append(...DATA.skipped.map(x => h('li', null, x)));
}
