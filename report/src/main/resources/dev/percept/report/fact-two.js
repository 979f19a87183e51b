/* ── Two answers to one picture, in the same concepts ── */
/** A concept speaks for both where the smaller of two positive contributions is a quarter of the larger. */
const SHARED = .25;

function groupOf(a, b) {
  if (a > 0 && b > 0 && Math.min(a, b) >= SHARED * Math.max(a, b)) return 1;
  return a - b >= 0 ? 0 : 2;
}

function two() {
  const t = trace();
  $('two').hidden = !t || t.scores.length < 2;
  if ($('two').hidden) return;
  const [a, b] = t.scores, p = DATA.pictures[t.p], A = DATA.outputs[a.target], B = DATA.outputs[b.target];
  const wrong = p.truth != null && p.truth !== p.predicted;
  $('twoLead').textContent = (wrong ? 'The network is wrong here. ' : 'The answer and its runner-up. ')
    + `Left, what each concept adds to “${A}”; right, to “${B}”. The last column is the difference, which decides. Pick another picture above; dashed ones are mistakes.`;
  const rows = t.parts.map((x, i) => ({part: x, a: a.contributions[i], b: b.contributions[i]}));
  const most = Math.max(.01, ...rows.flatMap(r => [Math.abs(r.a), Math.abs(r.b)]), Math.abs(a.other), Math.abs(b.other), Math.abs(a.bias), Math.abs(b.bias));
  const names = [`for “${A}” rather than “${B}”`, 'for both', `for “${B}” rather than “${A}”`], out = [];
  const side = (v, spec) => {
    const bar = h('i' + (v < 0 ? '.neg' : ''), {'aria-hidden': 'true'});
    bar.style.setProperty('--w', Math.abs(v) / most * 100 + '%');
    return h('span.side.' + spec, null, h('span.n', null, plus(v)), bar);
  };
  const line = (name, av, bv, spec, props) => h('div.tw' + spec, props, side(av, 'lft'), name, side(bv, 'rgt'), h('span.n.d', null, plus(av - bv)));
  out.push(h('div.tw.h', {'aria-hidden': 'true'}, h('span.side.lft', null, `“${A}”`), h('span', null, ''), h('span.side.rgt', null, `“${B}”`), h('span.n.d', null, 'difference')));
  for (const g of [0, 1, 2]) {
    const own = rows.filter(r => groupOf(r.a, r.b) === g).sort((x, y) => Math.abs(y.a - y.b) - Math.abs(x.a - x.b));
    if (!own.length) continue;
    out.push(h('h3', null, capital(names[g])));
    for (const r of own) {
      const row = line(h('span.l', null, badge(r.part.id), pieceOf(t, r.part), h('button', {'data-c': r.part.id}, label(r.part.id))), r.a, r.b, '.' + hueClass(r.part.id), {'data-row': r.part.id});
      row.classList.toggle('sel', r.part.id === state.c);
      out.push(row);
    }
  }
  out.push(h('h3', null, 'And the rest'), line(h('span.l', null, 'other concepts'), a.other, b.other, '', null), line(h('span.l', null, 'bias'), a.bias, b.bias, '', null),
    h('div.tw.sum', null, h('span.side.lft', null, h('span.n', null, num(a.logit))), h('span.l', null, 'score'), h('span.side.rgt', null, h('span.n', null, num(b.logit))), h('span.n.d', null, plus(a.logit - b.logit))));
  $('twoRows').replaceChildren(...out);
  const lead = rows.slice().sort((x, y) => (y.a - y.b) - (x.a - x.b))[0], margin = a.logit - b.logit;
  const removal = lead && t.removals.find(r => r.concept === lead.part.id);
  const say = [`The network says “${A}”` + (wrong ? `; it is “${B}”. ` : `, ${num(margin)} ahead of “${B}”. `)];
  if (lead && lead.a - lead.b > 0) {
    say.push('Most of the difference is ', h('button.u.' + hueClass(lead.part.id), {'data-c': lead.part.id}, label(lead.part.id)), ' ', best(lead.part.id), `, which gives “${A}” ${plus(lead.a - lead.b)} more`
      + (lead.a - lead.b > margin ? `: more than the whole margin of ${num(margin)}. ` : `, of a margin of ${num(margin)}. `));
  }
  if (removal) {
    say.push(removal.predicted === a.target ? 'Without it the network still says so (measured).'
      : `Without it the network says “${DATA.outputs[removal.predicted]}” (measured)` + (wrong && removal.predicted === b.target ? ', which is right.' : '.'));
  }
  $('twoSay').replaceChildren(...say.filter(Boolean));
  $('twoN').textContent = `“For both”: positive for both, the smaller at least a quarter of the larger. Sums are exact to ${power(Math.max(a.gap, b.gap))} of what was added. By chance a concept gives two classes the same.`;
}
