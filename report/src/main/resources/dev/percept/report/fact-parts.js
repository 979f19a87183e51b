/* ── Concepts, pictures and maps as they are shown everywhere ── */
const LAST = DATA.cuts.length - 1;
const keyOf = (cut, id) => cut + '/' + id;
const CONCEPTS = new Map(DATA.concepts.map(c => [keyOf(c.cut, c.id), c]));
const label = id => 'concept ' + id;
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);
const className = i => `“${DATA.outputs[i]}”`;
const plus = v => known(v) ? signed(v) : '–';

/** An image of the page; small ones keep their pixels. */
function img(i, alt, spec = 'img') {
  const e = h(spec, {src: DATA.images[i], alt});
  e.decode().then(() => e.classList.toggle('pix', e.naturalWidth < 60)).catch(() => {});
  return e;
}

/** A part of a picture, cut out by the style sheet: box is left, top, width, height as shares. */
function piece(picture, box, alt) {
  const inner = img(DATA.pictures[picture].image, ''), e = h('span.piece', alt ? {role: 'img', 'aria-label': alt} : {'aria-hidden': 'true'}, inner);
  const [x, y, w, hh] = box || [0, 0, 1, 1];
  inner.style.width = 100 / w + '%';
  inner.style.height = 100 / hh + '%';
  inner.style.left = -100 * x / w + '%';
  inner.style.top = -100 * y / hh + '%';
  return e;
}

/** What a concept is known by: where it is strongest, cut out of that picture. */
function faceOf(cut, id, nth = 0) {
  const sight = CONCEPTS.get(keyOf(cut, id))?.byPresence[nth];
  return sight ? piece(sight.p, sight.box) : null;
}

/** What a concept was made active by in an explained picture, or where it is strongest of all. */
const pieceOf = (t, part) => part.box ? piece(t.p, part.box) : best(part.id);

const best = id => faceOf(LAST, id);

/** A picture with the input map of a concept under it. */
function sight(x, id, value) {
  const p = DATA.pictures[x.p];
  return h('figure.sight', null, img(p.image, p.name),
    x.m == null ? h('span.nomap') : img(x.m, `input map of ${label(id)}`, 'img.map'),
    h('figcaption', {title: p.name}, h('b', null, value), p.truth == null ? '' : ' ' + DATA.outputs[p.truth]));
}

/** A number beside what chance gives, on a line from low to high. */
function beside(name, value, share, chance, text, spec = '') {
  const bar = h('span.gauge' + spec, {'aria-hidden': 'true'}, h('i'));
  bar.style.setProperty('--w', clamp(share || 0, 0, 1) * 100 + '%');
  if (known(chance)) {
    const tick = h('b');
    tick.style.left = clamp(chance, 0, 1) * 100 + '%';
    bar.append(tick);
  }
  return h('div.beside', null, h('dt', null, name), h('dd', null, h('span.n', null, value), bar, h('span.small', null, text)));
}

/** A sentence from its parts: text, concepts, links. */
function rich(parts) {
  return parts.map((p, i) => {
    if (p.c == null) return p.to ? h('a', {href: '#' + p.to}, p.t) : document.createTextNode(p.t);
    const thumb = best(p.c);
    thumb?.classList.add('thumb');
    return h('span.ref.named.' + hueClass(p.c), null,
      h('button.u', {'data-c': p.c}, i ? label(p.c) : capital(label(p.c))), thumb, badge(p.c));
  });
}
