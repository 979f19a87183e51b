/* ── The finding, its weakest point, and what stands beside them ── */
/** A sentence from its parts: text, concepts, links. */
function rich(parts) {
  return parts.map((p, i) => {
    if (p.c != null) {
      const thumb = best(p.c);
      thumb?.classList.add('thumb');
      return refOf(p.c, 'span.ref.' + hueClass(p.c), null,
        h('button.u', {'data-c': p.c, 'data-name': p.c, 'data-first': !i}, i ? label(p.c) : capital(label(p.c))), thumb, badge(p.c));
    }
    return p.to ? h('a', {href: '#' + p.to}, p.t) : document.createTextNode(p.t);
  });
}

function chips() {
  $('chips').replaceChildren(...order().map(id => {
    const chip = refOf(id, 'button.chip.' + hueClass(id),
      {role: 'radio', 'data-c': id, 'data-say': 'chip', 'aria-label': SAY.chip(id)}, badge(id), best(id), nameOf(id));
    return chip;
  }));
}

function lead() {
  $('ask').textContent = `What does this network look at when it says “${K.label}”?`;
  $('headline').replaceChildren(...rich(K.headline));
  $('caution').replaceChildren(h('b', null, 'Weakest point: '), ...rich(K.caution));
  $('found').replaceChildren(...K.findings.map(f => h('li', null, best(f.c) || h('span'), h('span', null, ...rich(f.text)))));
  $('facts').replaceChildren(...K.facts.map(f =>
    h('div', null, h('dt', null, f.name), h(f.name.includes('SHA') ? 'dd.mono' : 'dd', null, f.value))));
  $('command').textContent = DATA.command;
  hero();
}

/** The name of the first concept of each class, on its card. */
function classNames() {
  document.querySelectorAll('[data-view]').forEach(b => {
    const view = DATA.classes[b.dataset.view], first = view.concepts[0];
    b.querySelector('.small').textContent = (NAMES[view.index]?.[first.id] || 'concept ' + first.id) + ', ' + pct(first.total);
  });
}

/** The picture at the top, with the concepts of the headline outlined where they are strongest. */
function hero() {
  const box = $('hero'), p = K.pictures[K.hero];
  box.replaceChildren();
  if (!p || K.texts) return;
  const frame = h('div.frame', null, whole(p)), shown = [];
  if (DATA.hasMaps) {
    const svg = s('svg', {viewBox: '0 0 100 100', preserveAspectRatio: 'none', 'aria-hidden': 'true'});
    frame.append(svg);
    for (const id of K.headline.filter(part => part.c != null).map(part => part.c)) {
      const own = mapOf(p, id), peak = Math.max(...own.map);
      if (peak < .15) continue;
      svg.append(...outline(id, contour(own.field(), peak * .6), .14));
      frame.append(pin(id, own));
      shown.push(id);
    }
    avoid(frame);
  }
  const names = shown.flatMap((id, i) => [i ? ' and ' : '', nameOf(id)]);
  box.append(frame, h('figcaption.note', null, ...(shown.length
    ? ['Where ', ...names, shown.length > 1 ? ' are' : ' is', ' strongest in one of the ' + K.total + ' pictures.']
    : ['One of the ' + K.total + ' pictures.'])));
}

/** A label at the strongest place of a map. */
function pin(id, {map, rows, columns}) {
  const at = map.indexOf(Math.max(...map));
  const tag = refOf(id, 'span.tag.' + hueClass(id), {'aria-hidden': 'true'}, badge(id), nameOf(id));
  tag.style.left = clamp(((at % columns) + .5) / columns * 100 - 12, 2, 70) + '%';
  tag.style.top = clamp((Math.floor(at / columns) + .5) / rows * 100 - 3, 2, 92) + '%';
  return tag;
}

/** Moves the second of two labels down where both are at the same place. */
function avoid(frame) {
  const [a, b] = frame.querySelectorAll('.tag');
  if (b && Math.abs(parseFloat(a.style.top) - parseFloat(b.style.top)) < 9) {
    const top = parseFloat(a.style.top);
    b.style.top = (top > 80 ? top - 9 : top + 9) + '%';
  }
}

function classes() {
  const many = DATA.classes.length > 1;
  $('eachBtn').hidden = $('each').hidden = !many;
  if (!many) return;
  $('eachLead').textContent = `This run explains ${DATA.classes.length} classes. Each card: its first concept, and that concept’s importance.`;
  DATA.classes.forEach((view, i) => {
    const first = view.concepts[0], picture = face(view);
    const bar = h('i', {'aria-hidden': 'true'});
    bar.style.setProperty('--w', clamp(first.total, 0, 1) * 100 + '%');
    $('eachList').append(h('li', null, h('button', {'data-view': i, onclick: () => show(i)},
      picture, h('b', null, view.label), h('span.small'), bar)));
  });
  classNames();
}
