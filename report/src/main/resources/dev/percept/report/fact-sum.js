/* ── What adds up: over a class, and in one picture ── */
function sumRows() {
  const view = K, most = Math.max(.01, ...view.concepts.flatMap(r => [Math.abs(r.low), Math.abs(r.high), Math.abs(r.mean), Math.abs(r.elsewhere || 0)]).filter(known));
  const low = Math.min(0, ...view.concepts.flatMap(r => [r.mean, r.low, r.elsewhere]).filter(known)), at = v => (v - low) / (most - low) * 100;
  $('sumLead').textContent = `What each concept adds to the score of “${view.label}”: mean over ${view.total} pictures of it, with the interval that other such pictures could give (95${NBSP}%). `
    + 'The grey tick is what it adds to the same score in pictures of other classes: a concept that tells the class apart has its bar far from the tick. Striped: speaks against.';
  $('sumHead').replaceChildren(...['concept', '', 'adds', 'share', 'elsewhere', 'in pictures', 'found again'].map(t => h('span', null, t)));
  $('rows').replaceChildren(...view.concepts.map(r => {
    const c = byId.get(r.id), bar = h('span.bar', {'aria-hidden': 'true'});
    const put = (spec, from, to) => {
      const i = h(spec);
      i.style.left = at(Math.min(from, to)) + '%';
      if (to !== from) i.style.width = at(Math.max(from, to)) - at(Math.min(from, to)) + '%';
      bar.append(i);
    };
    put('i.zero', 0, 0);
    put('i.im', 0, r.mean);
    if (known(r.low) && known(r.high)) put('i.ci', r.low, r.high);
    if (known(r.elsewhere)) put('i.else', r.elsewhere, r.elsewhere);
    const cell = (name, text) => h('span.mini', {'data-label': name}, text);
    return h('button.frow.' + hueClass(r.id) + (r.mean < 0 ? '.neg' : ''), {role: 'radio', 'data-c': r.id,
      'aria-label': `${label(r.id)}: adds ${plus(r.mean)}, ${pct(r.share)} of all that is added; ${plus(r.elsewhere)} in pictures of other classes; in ${pct(c.prevalence)} of the pictures`},
      h('span.name', null, badge(r.id), best(r.id), h('span.nm', null, label(r.id))), bar,
      h('span.n', null, plus(r.mean), h('small', null, known(r.low) ? `${plus(r.low)} to ${plus(r.high)}` : '')),
      cell('share', pct(r.share)), cell('elsewhere', plus(r.elsewhere)), cell('in pictures', pct(c.prevalence)),
      h('span.mini', {'data-label': 'found again'}, ...stable(c)));
  }));
  $('sumTotal').textContent = `Bias ${plus(view.bias)}, these concepts ${plus(view.concepts.reduce((a, r) => a + r.mean, 0))}, all others ${plus(view.other)}: mean score ${num(view.logit)}.`;
}

/** The badge of a concept that came back in other trainings, or did not. */
function stable(c) {
  if (!c.stability) return ['–'];
  const v = c.stability.value;
  return [h('span.word.' + (v >= .8 ? 'good' : v >= .6 ? 'doubtful' : 'poor'), null, num(v))];
}

const trace = () => DATA.traces[K.pictures[state.p]];

/** Steps of the sum in hundredths, so that what stands there can be added up by hand. */
function steps(t, score) {
  const order = t.parts.map((_, i) => i).sort((a, b) => Math.abs(score.contributions[b]) - Math.abs(score.contributions[a]));
  const [bias, other, ...parts] = hundredths([score.bias, score.other, ...order.map(i => score.contributions[i])]).map(v => v / 100);
  let at = 0;
  const step = (kind, full, more) => {
    const from = at;
    at += full;
    return {kind, full, from, to: at, ...more};
  };
  const rows = order.map((i, n) => step('concept', parts[n], {part: t.parts[i]}));
  rows.push(step('other', other, {say: `${score.others} other ${score.others === 1 ? 'concept' : 'concepts'}`}));
  const added = at;
  rows.push({kind: 'sum', full: added, from: 0, to: added, say: 'concepts, together'});
  rows.push(step('bias', bias, {say: 'bias'}));
  rows.push({kind: 'sum', full: at, from: 0, to: at, say: 'score'});
  return rows;
}

function picture() {
  const t = trace();
  $('explore').hidden = !t;
  if (!t) return;
  const p = DATA.pictures[t.p], own = t.parts.find(x => x.id === state.c), score = t.scores[Math.min(state.score, t.scores.length - 1)];
  $('big').replaceChildren(
    h('figure', null, img(p.image, p.name), h('figcaption.note', null, 'the picture')),
    own && own.m != null
      ? h('figure.' + hueClass(own.id), null, img(own.m, `input map of ${label(own.id)} in this picture`, 'img.map'), h('figcaption.note', null, badge(own.id), ' what made ' + label(own.id) + ' active'))
      : h('figure.' + hueClass(state.c), null, h('span.nomap', null, own ? 'no map on this page' : label(state.c) + ' has no line of its own here'), h('figcaption.note', null, badge(state.c), ' ' + label(state.c))));
  $('maps6').replaceChildren(...t.parts.filter(x => x.m != null).slice(0, 6).map(x => {
    const b = h('button.' + hueClass(x.id), {'data-c': x.id, 'aria-label': 'input map of ' + label(x.id)}, img(x.m, '', 'img.map'), badge(x.id));
    b.classList.toggle('sel', x.id === state.c);
    return b;
  }));
  $('bigN').textContent = `${p.name}. The network says ${className(p.predicted)} (probability ${pct(p.probability)})`
    + (p.truth == null ? '; what it is was not said.' : p.truth === p.predicted ? ', and it is.' : `; it is ${className(p.truth)}.`);
  $('wfT').textContent = `Why ${className(score.target)} has a score of ${num(score.logit)}`;
  which(t);
  bars(t, score);
}

function which(t) {
  const box = $('which');
  box.hidden = t.scores.length < 2;
  box.replaceChildren(h('legend', null, 'Score of'), ...t.scores.map((s, i) => {
    const input = h('input', {type: 'radio', name: 'which', value: i, checked: i === Math.min(state.score, t.scores.length - 1)});
    input.addEventListener('change', () => {
      state.score = i;
      picture();
      document.querySelector(`[name=which][value="${i}"]`).focus();
    });
    return h('label', null, input, h('span', null, DATA.outputs[s.target]));
  }));
}

function bars(t, score) {
  const rows = steps(t, score), ends = rows.flatMap(r => [r.from, r.to]);
  const pad = .04 * (Math.max(...ends, 0) - Math.min(...ends, 0) || 1), low = Math.min(...ends, 0) - pad, high = Math.max(...ends, 0) + pad, x = v => (v - low) / (high - low) * 100;
  const all = score.added, sum = score.logit - score.bias;
  // A share of a sum near zero says nothing: then shares are of all that was added, signs apart.
  const near = Math.abs(sum) < .2 * all, base = near ? all : sum;
  $('wf').replaceChildren(...rows.map((r, i) => {
    const track = h('span.t', {'aria-hidden': 'true'}, h('i'), h('u')), bar = track.firstChild, drop = track.lastChild;
    track.style.setProperty('--z', x(0) + '%');
    bar.style.left = x(Math.min(r.from, r.to)) + '%';
    bar.style.width = Math.abs(x(r.to) - x(r.from)) + '%';
    drop.style.left = x(r.to) + '%';
    drop.hidden = i === rows.length - 1;
    const share = r.kind === 'bias' || (r.kind === 'sum' && i === rows.length - 1) ? '' : r.kind === 'sum' ? (near ? '' : '100' + NBSP + '%') : part(r.full / base);
    const name = r.part
      ? h('span.l', null, badge(r.part.id), pieceOf(t, r.part), h('button', {'data-c': r.part.id}, label(r.part.id)))
      : h('span.l', null, r.say);
    const row = h('div.w' + (r.part ? '.' + hueClass(r.part.id) : '') + (r.kind === 'sum' ? '.sum' : '') + (r.full < 0 && r.kind !== 'sum' ? '.neg' : ''), r.part ? {'data-row': r.part.id} : null,
      name, track, h('span.n', null, r.kind === 'sum' ? num(r.to) : plus(r.full)), h('span.s', null, share));
    row.classList.toggle('sel', !!r.part && r.part.id === state.c);
    return row;
  }));
  const gone = t.removals.find(r => r.concept === state.c), i = t.scores.indexOf(score);
  $('wfN').textContent = `${near ? 'Per cents are of all that was added, whatever its sign, since the sum is near zero.' : 'Per cents are of what the concepts give together.'} `
    + `All concepts and the bias miss the network’s own score by ${power(score.gap)} of what was added. `
    + (gone ? `Without ${label(state.c)} the network was run again: the score is ${num(gone.logits[i])} (it is ${num(score.logit)} with it), and it says ${className(gone.predicted)}.` : '');
}

/** A signed share; what is nearly nothing is nothing. */
const part = v => Math.abs(v) < .005 ? '0' + NBSP + '%' : pct(v).replace('-', '\u2212');

const power = v => !v ? '0' : v >= .01 ? num(v) : (() => {
  const e = Math.floor(Math.log10(v)), d = Math.round(v / 10 ** e);
  return `${d === 10 ? 1 : d}${NBSP}·${NBSP}10` + String(d === 10 ? e + 1 : e).replace(/./g, c => c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[c]);
})();

function thumbs() {
  $('thumbs').replaceChildren(...K.pictures.map((i, n) => {
    const t = DATA.traces[i], p = DATA.pictures[t.p], wrong = p.truth != null && p.truth !== p.predicted;
    return h('button' + (wrong ? '.wrong' : ''), {role: 'radio', 'data-p': n,
      'aria-label': `${p.name}: the network says ${DATA.outputs[p.predicted]}` + (wrong ? `, it is ${DATA.outputs[p.truth]}` : '')},
    img(p.image, ''), h('span', null, wrong ? `${DATA.outputs[p.truth]}, taken for ${DATA.outputs[p.predicted]}` : num(t.scores[0].logit, 1)));
  }));
  const wrong = K.pictures.filter(i => {
    const p = DATA.pictures[DATA.traces[i].p];
    return p.truth != null && p.truth !== p.predicted;
  }).length;
  $('omitted').textContent = (wrong ? `Dashed: ${wrong} ${wrong === 1 ? 'picture' : 'pictures'} where the network is wrong, by way of “${K.label}”. ` : '') + (DATA.omitted || '');
}
