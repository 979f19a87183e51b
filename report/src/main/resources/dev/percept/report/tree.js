/* ── Concepts that were taken apart at earlier layers ── */
function gauge(name, value, share, mark, spec = '') {
  const bar = h('span.gauge' + spec, {'aria-hidden': 'true'}, h('i'));
  bar.style.setProperty('--w', clamp(share || 0, 0, 1) * 100 + '%');
  if (mark != null) {
    const tick = h('b');
    tick.style.left = clamp(mark, 0, 1) * 100 + '%';
    bar.append(tick);
  }
  return h('div.meter', null, h('span.small', null, name), bar, h('span.n', null, value));
}

function agreement(n) {
  return gauge('crops agree', num(n.agreement), n.agreement / K.tree.scale, K.tree.threshold / K.tree.scale);
}

function forClass(n) {
  const arrow = n.sign < 0 ? '▼' : n.sign > 0 ? '▲' : '·';
  return gauge('for the class', arrow + ' ' + pct(n.forClass), n.forClass, null, n.sign < 0 ? '.neg' : '');
}

/** A sub-concept: its crops, what it does, and its own parts. */
function leaf(n) {
  const strip = h('div.strip', null, ...n.crops.map(c => h('figure', null, crop(c, `from ${c.name}, strength ${num(c.v)}`))));
  const box = h('li.leaf', null, h('h4', null, n.name), strip,
    gauge('for its parent', pct(n.forParent), n.forParent), forClass(n), agreement(n));
  if (n.outcome && !n.agrees) box.append(h('p.small', null, capital(n.outcome) + '.'));
  if (n.children.length) box.append(parts(n, 'Open its parts'));
  return box;
}

function parts(n, label, open) {
  return h('details.parts', {open}, h('summary', null, label), h('p.note', null, n.say), h('ul.leaves', null, ...n.children.map(leaf)));
}

function tree() {
  $('tree').hidden = !K.tree;
  if (!K.tree) return;
  const t = K.tree, split = t.roots.filter(n => n.children.length);
  $('treeLead').textContent = 'A concept whose crops are hardly more alike to the network than random ones may be several things in one. '
    + `Agreement is 0 for random crops and 1 for crops that are all the same; below ${num(t.threshold)} (the tick) a concept was taken apart on its strongest crops at an earlier layer: `
    + t.layers.join(', then ') + '. Sub-concepts are in the order of their importance for the concept that they make up, measured by taking them away there and going on through the network.';
  $('treeList').replaceChildren(...t.roots.map(n => {
    const id = Number(n.name);
    return h('article.root.' + hueClass(id), {'data-card': id},
      h('header', null, badge(id), best(id), h('button.u', {'data-c': id, 'data-name': id}, label(id)), agreement(n), forClass(n)),
      n.children.length ? parts(n, `Its ${n.children.length} sub-concepts`, n === split[0]) : h('p.note', null, capital(n.outcome) + '.'));
  }));
  $('treeWhole').textContent = t.whole.length
    ? (t.roots.length ? 'Left whole, because their crops agree: ' : 'No concept was taken apart, because the crops of each agree: ')
      + t.whole.map(id => label(id)).join(', ') + '.'
    : '';
}
