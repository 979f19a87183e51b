/* ── Texts: words tinted by the selected concept, cards of words and excerpts ── */
const HAND = new Set(['direction', 'occlusion', 'gradient', 'contrast']);
const WAY = {direction: 'what each word says alone', occlusion: 'words left out', clauses: 'clauses left out', gradient: 'gradient',
  contrast: 'contrast with all other texts'};
const QUANTILES = [['top', 'strongest'], ['p90', '90th'], ['p75', '75th'], ['median', 'median'], ['counter', 'not this']];

/** Texts have no small picture that could stand for a concept. */
const best = () => null;
const tree = () => {};
const face = () => h('span');

/** Places of a text at which something changes, so that every word is one piece of the page. */
function tinted(passage, id, dotted) {
  const {t, w, v} = passage, way = v[state.way] || [], r = K.concepts.length, out = [];
  let at = 0;
  for (let i = 0; i < w.length; i += 2) {
    if (w[i] > at) out.push(t.slice(at, w[i]));
    const word = t.slice(w[i], w[i + 1]), value = way[i / 2 * r + id] / 100;
    out.push(tint(word, value, id, dotted ? strongest(way, i / 2, r, id) : -1));
    at = w[i + 1];
  }
  out.push(t.slice(at));
  return out;
}

/** The concept, other than the selected one, to which a word says most, where it says enough. */
function strongest(way, word, r, id) {
  let first = -1, most = 30;
  for (let k = 0; k < r; k++) {
    if (k !== id && way[word * r + k] > most) [first, most] = [k, way[word * r + k]];
  }
  return first;
}

function tint(word, value, id, other) {
  const a = clamp(Math.abs(value), 0, 1);
  if (a >= .05) {
    const e = h('span.tk.on.' + hueClass(id) + (value < 0 ? '.less' : ''), {title: num(value)}, word);
    e.style.setProperty('--a', Math.round(6 + a * 41) + '%');
    return e;
  }
  return other < 0 ? word : h('span.tk.' + hueClass(other), {'data-c': other, title: label(other)}, word);
}

/** Texts from left to right and from right to left stand as they are written. */
const written = (spec, ...children) => h(spec, {dir: 'auto', lang: ''}, ...children);

function thumbs() {
  $('thumbs').replaceChildren(...K.pictures.map((p, i) => {
    const right = p.predicted.index === K.index, start = K.texts.passages[p.t].t.trim();
    return h('button' + (right ? '' : '.wrong'), {role: 'radio', 'data-p': i},
      written('span', start.length > 60 ? start.slice(0, 58) + '…' : start), h('span.n', null, pct(p.probability)));
  }));
  const wrong = K.pictures.some(p => p.predicted.index !== K.index);
  $('omitted').textContent = [`Beside each: the model’s probability of “${K.label}”.`,
    wrong ? 'Dashed: the model says something else.' : '', K.omitted || ''].join(' ').trim();
  $('explore').hidden = !K.pictures.length;
  $('picturesLead').textContent = !K.pictures.length ? 'This bundle keeps no texts of this class.'
    : 'Tinted words carry the selected concept; the fuller the tint, the stronger. Struck words lower it. Dotted lines mark words of other '
      + 'concepts: click one to follow it. Behind each sentence stands what the score loses without it, measured.';
}

/** One choice for all texts on the page. */
function kinds() {
  const box = $('ways'), names = K.texts.methods.map(m => m.name);
  state.way = Math.min(state.way || 0, names.length - 1);
  box.querySelectorAll('label').forEach(l => l.remove());
  names.forEach((name, i) => {
    const input = h('input', {type: 'radio', name: 'way', value: i, onchange: () => {
      state.way = i;
      gallery();
      refresh();
    }});
    input.checked = i === state.way;
    box.append(h('label', null, input, h('span', null, WAY[name] || name)));
  });
}

function picture() {
  const p = K.pictures[state.p], box = $('big');
  $('waysN').textContent = K.texts.methods[state.way]?.about || '';
  if (!p) return;
  const passage = K.texts.passages[p.t], parts = tinted(passage, state.c, true);
  const lost = passage.without.map(x => ({at: x.piece.end, by: p.logit - x.logit}));
  const out = [];
  let at = 0;
  const put = piece => {
    const text = typeof piece === 'string' ? piece : piece.textContent;
    const next = lost[0], inside = next && at + text.length >= next.at;
    if (inside && typeof piece === 'string') {
      const cutAt = next.at - at;
      out.push(piece.slice(0, cutAt), loss(next));
      lost.shift();
      at += cutAt;
      return put(piece.slice(cutAt));
    }
    out.push(piece);
    at += text.length;
    if (inside) {
      out.push(loss(next));
      lost.shift();
    }
  };
  parts.forEach(put);
  const body = written('p', ...out);
  box.replaceChildren(h('p.note', null, p.name + (passage.read < passage.t.length
    ? ': the model reads the first ' + passage.read + ' of ' + passage.t.length + ' characters' : '')), body);
}

const loss = x => h('small', {title: 'what the score loses without this sentence'}, ' ' + signed(x.by) + ' ');

function sentence(c) {
  return (c.sign < 0 ? 'Lowers the class.' : c.sign > 0 ? 'Raises the class.' : 'Neither raises nor lowers the class.')
    + ` In ${pct(c.prevalence)} of the texts.`
    + (c.stability < .6 ? ' It hardly comes back in other fits: read with care.' : '');
}

/** The list of words of the chosen way, or of the first that has one, and the contrast. */
function lists(id) {
  const by = K.texts.words.find(x => x.id === id)?.by || [], way = K.texts.methods[state.way]?.name;
  const own = by.find(x => x.method === way) || by.find(x => x.method === 'occlusion') || by[0];
  return [own, by.find(x => x.method === 'contrast')].filter((x, i, all) => x && HAND.has(x.method) && all.indexOf(x) === i);
}

function words(list) {
  if (!list.words.length) return h('p.small', null, (WAY[list.method] || list.method) + ': no word stands out');
  const most = Math.max(...list.words.map(x => x.value));
  return h('div', null, h('p.small', null, WAY[list.method] || list.method), h('ul.words', null, ...list.words.slice(0, 8).map(x => {
    const bar = h('i', {'aria-hidden': 'true'});
    bar.style.setProperty('--w', x.value / most * 100 + '%');
    const say = list.method === 'contrast' ? `z ${num(x.value, 1)}, ${x.count} times here and ${x.others} elsewhere` : `${num(x.value)}, in ${x.count} places`;
    return h('li', {title: say}, written('span', x.word), bar);
  })));
}

function gallery() {
  $('cards').replaceChildren(...K.concepts.map(c => {
    const input = h('input', {
      value: named(c.id), placeholder: 'concept ' + c.id, maxlength: 80, 'aria-label': 'Name of concept ' + c.id,
      autocomplete: 'off', spellcheck: 'false', oninput: e => setName(c.id, e.target.value)
    });
    const card = h('article.card.' + hueClass(c.id), {'data-card': c.id},
      h('header', null, badge(c.id), input, h('span.pc', null, pct(c.total))), h('p.note', null, sentence(c)),
      ...lists(c.id).map(words));
    const list = h('dl.ex');
    for (const [g, name] of QUANTILES) {
      c.crops.filter(x => x.g === g).slice(0, g === 'top' ? 4 : 2).forEach((x, i) => list.append(
        h('dt', null, i ? '' : name),
        written('dd' + (g === 'counter' ? '.no' : ''), ...tinted(K.texts.passages[x.t], c.id, false), h('small', null, ' ' + num(x.v)))));
    }
    card.append(list);
    if (K.pictures.length) card.append(h('button.go', {onclick: () => {
      select(c.id);
      $('pictures').scrollIntoView();
      $('big').focus({preventScroll: true});
    }}, 'Show it in texts'));
    return card;
  }));
}

/** Left and right change the text, up and down the concept. */
function steer(e) {
  const side = {ArrowRight: 1, ArrowLeft: -1}[e.key], turn = {ArrowDown: 1, ArrowUp: -1}[e.key];
  if (!side && !turn || !K.pictures.length) return;
  e.preventDefault();
  const ids = order(), n = K.pictures.length;
  if (side) pick((state.p + side + n) % n);
  else select(ids[(ids.indexOf(state.c) + turn + ids.length) % ids.length]);
}
