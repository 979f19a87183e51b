/* ── A card for each concept: crops at several strengths, where it is, what it is not ── */
const GROUPS = [['p90', '90th percentile'], ['p75', '75th percentile'], ['median', 'median']];

function shot(c, spec) {
  return h('figure' + (spec || ''), null, crop(c, `from ${c.name}, strength ${num(c.v)}`), h('figcaption', null, num(c.v)));
}

function crops(c) {
  const box = h('div.crops'), top = c.crops.filter(x => x.g === 'top');
  box.append(h('span.q', null, top.length ? 'strongest' : 'no crop shows it'), ...top.slice(0, 4).map(x => shot(x, '.top')));
  const rest = GROUPS.map(([g, name]) => [name, c.crops.filter(x => x.g === g).slice(0, 2)]);
  if (rest.some(([, list]) => list.length)) {
    rest.forEach(([name]) => box.append(h('span.q.q3', null, name)));
    rest.forEach(([, list]) => {
      list.forEach(x => box.append(shot(x)));
      for (let i = list.length; i < 2; i++) box.append(h('figure', {'aria-hidden': 'true'}));
    });
  }
  return box;
}

/** The mean map over all pictures, in six steps. */
function where(c) {
  const svg = s('svg', {viewBox: '0 0 100 100', role: 'img', class: 'where', 'aria-label': 'Where in the frame it is, on average over all pictures'});
  const f = field(c.where, 24);
  for (const t of [.12, .25, .4, .55, .7, .85]) svg.append(s('path', {d: contour(f, t).fill, fill: 'var(--c)', opacity: .27}));
  svg.append(s('rect', {width: 100, height: 100, fill: 'none', stroke: 'var(--line)', 'stroke-width': 2}));
  return svg;
}

function sentence(c) {
  const parts = [
    c.sign < 0 ? 'Lowers the class.' : c.sign > 0 ? 'Raises the class.' : 'Neither raises nor lowers the class.',
    `In ${pct(c.prevalence)} of the pictures`
      + (c.leads ? `, and what matters most in ${pct(c.leads / K.total)} of them.` : ', and what matters most in none.')
  ];
  if (known(c.consistency) && c.consistency <= 0) parts.push('Its crops are no more alike than random ones: it may mix several things.');
  if (c.stability < .6) parts.push('It hardly comes back in other fits: read with care.');
  return parts.join(' ');
}

function gallery() {
  $('cards').replaceChildren(...K.concepts.map(c => {
    const input = h('input', {
      value: named(c.id), placeholder: 'concept ' + c.id, maxlength: 80, 'aria-label': 'Name of concept ' + c.id,
      autocomplete: 'off', spellcheck: 'false', oninput: e => setName(c.id, e.target.value)
    });
    const card = h('article.card.' + hueClass(c.id), {'data-card': c.id},
      h('header', null, badge(c.id), input, h('span.pc', null, pct(c.total))),
      h('p.note', null, sentence(c)), crops(c));
    const counter = c.crops.filter(x => x.g === 'counter').slice(0, 3), foot = h('div.foot' + (DATA.hasMaps ? '' : '.nomap'));
    if (DATA.hasMaps) foot.append(h('div', null, where(c), h('span.small', null, 'where in the frame')));
    if (counter.length) {
      foot.append(h('div', null, h('div.not', null, ...counter.map(x => h('figure', null,
        h('div.x', null, crop(x, `from ${x.name}, strength ${num(x.v)}`)), h('figcaption', null, num(x.v))))),
      h('span.small', null, 'not this, though it looks alike')));
    }
    if (foot.children.length) card.append(foot);
    if (K.pictures.length) {
      card.append(h('button.go', {onclick: () => {
        select(c.id);
        $('pictures').scrollIntoView();
        $('big').focus({preventScroll: true});
      }}, 'Show it in pictures'));
    }
    return card;
  }));
}
