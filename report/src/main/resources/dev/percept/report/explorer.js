/* ── One picture: where the selected concept is ── */
let mounted = null;

function thumbs() {
  $('thumbs').replaceChildren(...K.pictures.map((p, i) => {
    const right = p.predicted.index === K.index;
    return h('button' + (right ? '' : '.wrong'), {
      role: 'radio', 'data-p': i,
      'aria-label': `${p.name}, ${pct(p.probability)}` + (right ? '' : `, taken for ${p.predicted.label}`)
    }, cut(p.src, [0, 0, 1, 1]), pct(p.probability));
  }));
  const wrong = K.pictures.some(p => p.predicted.index !== K.index);
  $('omitted').textContent = [
    `Below each: the model’s probability of “${K.label}”.`,
    wrong ? 'Dashed: the model says something else.' : '', K.omitted || ''
  ].join(' ').trim();
  $('explore').hidden = !K.pictures.length;
  $('over').hidden = !DATA.hasMaps;
  $('picturesLead').textContent = !K.pictures.length
    ? 'This bundle keeps no pictures of this class.'
    : (DATA.hasMaps ? 'Where the selected concept is, and how the concepts add up to this picture’s score. '
      : 'This layer has one place only, so it cannot say where a concept is; what it can say is how the concepts add up. ')
      + (K.pictures[0].scores.length ? 'Switch one off and see what the model would say without it.'
        : 'Switch one off and see what the model said when it was taken away.');
}

function picture() {
  const p = K.pictures[state.p], box = $('big');
  if (!p) return;
  if (mounted !== p) {
    mounted = p;
    box.replaceChildren(whole(p));
    if (DATA.hasMaps) {
      box.append(h('canvas', {'aria-hidden': 'true'}),
        s('svg', {viewBox: '0 0 100 100', preserveAspectRatio: 'none', 'aria-hidden': 'true'}), h('span.tag'));
    }
  }
  if (DATA.hasMaps) overlay(p, box);
  kindNote(p);
}

function overlay(p, box) {
  const id = state.c, canvas = box.querySelector('canvas'), svg = box.querySelector('svg');
  const own = mapOf(p, id), f = own.field(), peak = Math.max(...own.map), shape = contour(f, state.t);
  canvas.hidden = state.overlay !== 'heat';
  canvas.className = hueClass(id);
  canvas.style.color = 'var(--c)';
  if (!canvas.hidden) heat(canvas, f);
  svg.replaceChildren(...(state.overlay === 'outline' ? outline(id, shape, .3) : []));
  const tag = box.querySelector('.tag');
  tag.hidden = state.overlay === 'off';
  tag.replaceChildren(badge(id), nameOf(id), h('span.upto', null, 'up to ' + num(peak)));
  tag.className = 'tag ' + hueClass(id);
  $('thr').hidden = state.overlay !== 'outline';
  $('thr').className = 'thr ' + hueClass(id);
  $('thL').textContent = 'where it is above ' + num(state.t) + ' of its strongest';
  $('th').value = state.t;
  $('thN').textContent = shape.share > 0 ? pct(shape.share) + ' of the picture'
    : `nowhere here: at most ${num(peak)}`;
}

/** The kinds of maps of this class: one choice for every map on the page. */
function kinds() {
  const box = $('kind'), names = ['codes', ...K.maps.map(m => m.name)];
  box.hidden = $('kindN').hidden = names.length < 2 || !DATA.hasMaps;
  box.querySelectorAll('label').forEach(l => l.remove());
  if (box.hidden) return;
  names.forEach((name, i) => {
    const input = h('input', {type: 'radio', name: 'kind', value: i, onchange: () => {
      state.map = i;
      // A picture that has this kind, if the one that is open has not.
      const has = p => !i || K.pictures[p].also[i - 1].length, other = K.pictures.findIndex((_, p) => has(p));
      if (!has(state.p) && other >= 0) state.p = other;
      hero();
      refresh();
    }});
    box.append(h('label', null, input, h('span', null, name)));
  });
}

function kindNote(p) {
  if ($('kind').hidden) return;
  for (const b of $('thumbs').querySelectorAll('[data-p]')) {
    b.classList.toggle('bare', state.map > 0 && !K.pictures[b.dataset.p].also[state.map - 1].length);
  }
  $('kind').querySelectorAll('input').forEach((input, i) => input.checked = i === state.map);
  const kind = K.maps[state.map - 1];
  $('kindN').textContent = !kind
    ? `Codes: how strong the concept is at each of ${DATA.rows} × ${DATA.columns} places of the layer, drawn up to the picture. A place sees more of the picture than it covers.`
    : p.also[state.map - 1].length
      ? `${capital(kind.name)} of the concept’s code. ${kind.about} Settings: ${kind.settings}. `
        + (kind.signed ? 'Only what raises the code is drawn. ' : '') + 'Its peak is drawn as strong as the concept is in this picture.'
      : `No map by ${kind.name} was made of this picture; codes are shown. Pictures that have one are not faded below.`;
}

/** Left and right change the picture, up and down the concept. */
function steer(e) {
  const side = {ArrowRight: 1, ArrowLeft: -1}[e.key], turn = {ArrowDown: 1, ArrowUp: -1}[e.key];
  if (!side && !turn || !K.pictures.length) return;
  e.preventDefault();
  const ids = order(), n = K.pictures.length;
  if (side) pick((state.p + side + n) % n);
  else select(ids[(ids.indexOf(state.c) + turn + ids.length) % ids.length]);
}
