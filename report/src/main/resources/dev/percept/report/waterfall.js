/* ── How the concepts add up, and what the model says without some of them ── */
const lse = values => {
  const top = Math.max(...values);
  return top + Math.log(values.reduce((sum, v) => sum + Math.exp(v - top), 0));
};

/**
 * What the model says of a picture with concepts switched off. Affine: computed from the
 * contributions to the scored classes, all others held still. Else: measured, one concept at a time.
 */
function says(p, off) {
  if (!off.size) return {logit: p.logit, probability: p.probability, label: p.predicted.label, target: p.predicted.index === K.index};
  if (!p.scores.length) {
    const w = p.without[[...off][0]];
    return {logit: w.logit, probability: w.probability, label: w.predicted.label, target: w.predicted.index === K.index};
  }
  const logits = p.scores.map(sc => sc.start + sc.other
    + sc.contributions.reduce((sum, v, k) => off.has(k) ? sum : sum + v, 0));
  const all = lse(known(p.rest) ? [...logits, p.rest] : logits), first = logits.indexOf(Math.max(...logits));
  return {
    logit: logits[0], probability: Math.exp(logits[0] - all),
    label: p.scores[first].target.label, target: first === 0
  };
}

function waterfall() {
  const p = K.pictures[state.p];
  if (!p) return;
  const affine = p.scores.length > 0, box = $('wf');
  box.classList.toggle('many', K.concepts.length > 10);
  $('wfT').textContent = `Why “${K.label}” for ${p.name}`;
  $('wfS').textContent = affine
    ? 'The bars add up exactly to the class score (logit). “Other” is what no concept rebuilds.'
    : 'Each bar: how much the class score (logit) fell or rose when that concept alone was taken away, measured. The rest of this network is not affine, so the bars do not add up.';
  const steps = affine ? adding(p) : removing(p);
  if (box.dataset.of !== K.index + '/' + affine) {
    box.dataset.of = K.index + '/' + affine;
    box.replaceChildren(...steps.map(line));
  }
  const ends = steps.flatMap(x => [x.from, x.to, x.from + x.full]), pad = .06 * (Math.max(...ends, 0) - Math.min(...ends, 0) || 1);
  const low = Math.min(...ends, 0) - pad, high = Math.max(...ends, 0) + pad, x = v => (v - low) / (high - low) * 100;
  steps.forEach((step, i) => draw(box.children[i], step, x, i === steps.length - 1));
  answer(p, affine);
}

/** Rows of the waterfall, in hundredths so that they add up as shown. */
function adding(p) {
  const sc = p.scores[0], ids = order();
  const [start, other, ...parts] = hundredths([sc.start, sc.other, ...ids.map(id => sc.contributions[id])]).map(v => v / 100);
  let at = 0;
  const step = (kind, full, id) => {
    const off = id != null && state.off.has(id), from = at;
    at += off ? 0 : full;
    return {kind, id, full, off, from, to: at};
  };
  const rows = [step('start', start), ...ids.map((id, i) => step('concept', parts[i], id)), step('other', other)];
  return [...rows, {kind: 'score', full: at, off: false, from: 0, to: at}];
}

/** Rows of measured removals. */
function removing(p) {
  return order().map(id => {
    const full = p.logit - p.without[id].logit;
    return {kind: 'concept', id, full, off: state.off.has(id), from: 0, to: full};
  });
}

function line(step) {
  const track = h('span.t', {'aria-hidden': 'true'}, h('i'), h('u')), n = h('span.n');
  if (step.kind !== 'concept') return h('div.w' + (step.kind === 'score' ? '.sum' : ''), null, h('span'), h('span.l', null, step.kind), track, n);
  const id = step.id, toggle = h('button.sw', {role: 'switch', 'data-sw': id, 'data-c': id, 'data-say': 'sw', 'aria-label': SAY.sw(id)});
  return h('div.w.' + hueClass(id), {'data-row': id}, toggle,
    refOf(id, 'span.l', null, badge(id), best(id), h('button', {'data-c': id, 'data-name': id}, label(id))), track, n);
}

function draw(row, step, x, last) {
  const bar = row.querySelector('i'), drop = row.querySelector('u'), left = Math.min(step.from, step.to);
  row.querySelector('.t').style.setProperty('--z', x(0) + '%');
  bar.style.left = x(left) + '%';
  bar.style.width = x(Math.max(step.from, step.to)) - x(left) + '%';
  drop.style.left = x(step.to) + '%';
  drop.hidden = last || !K.pictures[state.p].scores.length;
  row.querySelector('.n').textContent = step.kind === 'score' ? num(step.to) : signed(step.full);
  row.classList.toggle('neg', step.full < 0);
  row.classList.toggle('off', step.off);
  row.classList.toggle('sel', step.id === state.c);
  row.querySelector('.sw')?.setAttribute('aria-checked', String(!step.off));
}

function answer(p, affine) {
  const now = says(p, state.off), all = says(p, new Set());
  $('pOut').textContent = pct(now.probability, 1);
  $('pI').style.width = now.probability * 100 + '%';
  $('pB').style.left = all.probability * 100 + '%';
  const gone = [...state.off].map(label).join(', '), rivals = p.scores.length - 1, still = DATA.outputs - p.scores.length;
  $('pN').textContent = state.off.size
    ? `Without ${gone} the model ${affine ? 'would say' : 'said'} “${now.label}”. With everything the probability of “${K.label}” is ${pct(all.probability, 1)} (grey tick). `
      + (affine ? (rivals ? `“${K.label}” and its ${rivals === 1 ? 'strongest rival move' : rivals + ' strongest rivals move'}` : `“${K.label}” moves`)
        + (still > 0 ? `; the other ${still} classes are held still.` : '.') : 'Only one concept at a time was taken away.')
    : `is the model’s probability of “${K.label}”. It says “${p.predicted.label}”`
      + (p.predicted.index === K.index ? '.' : ` (${pct(p.predictedProbability, 1)}).`);
  $('allOn').hidden = !state.off.size;
}

function flip(id) {
  const p = K.pictures[state.p];
  if (state.off.has(id)) state.off.delete(id);
  else {
    if (!p.scores.length) state.off.clear();
    state.off.add(id);
  }
}
