/* ── Importance, with its intervals and sign ── */
const direction = c => c.sign < 0 ? '▼ lowers' : c.sign > 0 ? '▲ raises' : '· neither';

/** What screen readers hear. */
const SAY = {
  chip: id => 'Concept ' + id + (named(id) ? ', ' + named(id) : ''),
  row: id => {
    const c = byId.get(id);
    return `${label(id)}: importance ${pct(c.total)}, ${pct(c.dataLow)} to ${pct(c.dataHigh)}, ${direction(c).slice(2)} the class; `
      + `in ${pct(c.prevalence)} of the ${N.many}; reliability ${pct(c.reliability)}; found again ${num(c.stability)}`;
  },
  sw: id => label(id)
};

function importance() {
  const high = Math.max(.01, ...K.concepts.flatMap(c => [c.total, c.dataHigh, c.high]).filter(known));
  const marks = ticks(0, high, 4), max = Math.max(high, marks[marks.length - 1]) * 1.02, at = v => clamp(v / max, 0, 1) * 100 + '%';
  $('importanceLead').textContent = K.meaning + ' Whiskers: 95' + NBSP
    + '% interval, had other ' + N.many + ' of the same kind been taken. '
    + (K.sampled ? 'The grey line under a bar: 95' + NBSP + '% interval of the estimate itself, which was sampled. ' : 'The values themselves are exact: nothing was sampled. ')
    + 'Striped: lowers the class.';
  $('unsettled').hidden = K.settled;
  $('unsettled').textContent = 'The order was not settled when the sampling stopped: neighbours in this list may change places.';
  const scale = h('span.bar');
  marks.forEach(v => {
    const t = h('span', null, v ? pct(v) : '0');
    t.style.left = at(v);
    scale.append(t);
  });
  $('rowsHead').replaceChildren(h('span', null, 'concept'), h('span', null, 'direction'), scale,
    h('span', null, 'importance (95' + NBSP + '%)'), h('span', null, N.many + ' that have it'),
    h('span', null, 'reliability'), h('span', null, 'found again'));
  $('rows').replaceChildren(...K.concepts.map(c => row(c, marks, at)));
}

function row(c, marks, at) {
  const bar = h('span.bar', {'aria-hidden': 'true'});
  const put = (spec, left, width) => {
    const i = h(spec);
    i.style.left = left;
    if (width) i.style.width = width;
    bar.append(i);
  };
  marks.forEach(v => put('i.grid1', at(v)));
  put('i.im', 0, at(c.total));
  if (known(c.dataLow) && known(c.dataHigh)) put('i.ci', at(c.dataLow), `calc(${at(c.dataHigh)} - ${at(c.dataLow)})`);
  if (K.sampled) put('i.ei', at(c.low), `calc(${at(c.high)} - ${at(c.low)})`);
  const mini = (name, text, share) => {
    const i = h('i'), e = h('span.mini', {'data-label': name}, text, i);
    i.style.setProperty('--w', clamp(share || 0, 0, 1) * 100 + '%');
    return e;
  };
  return refOf(c.id, 'button.row.' + hueClass(c.id) + (c.sign < 0 ? '.neg' : ''),
    {role: 'radio', 'data-c': c.id, 'data-say': 'row', 'aria-label': SAY.row(c.id)},
    h('span.name', null, badge(c.id), best(c.id), nameOf(c.id)),
    h('span.note.sg', null, direction(c)), bar,
    h('span.n', null, pct(c.total), h('small', null, span(c.dataLow, c.dataHigh))),
    mini('in ' + N.many, pct(c.prevalence), c.prevalence),
    mini('reliability', known(c.reliability) ? pct(c.reliability) : 'never leads', c.reliability),
    mini('found again', num(c.stability) + (c.stability < .6 ? ' !' : ''), c.stability));
}

const span = (low, high) => known(low) && known(high) ? `${Math.round(low * 100)} to ${pct(high)}` : 'no interval';
