/* ── Pictures and crops, from data URLs inside the page ── */
const loaded = new Map();

/** The decoded image of a data URL, decoded once. */
function image(src) {
  if (!loaded.has(src)) {
    const img = new Image();
    img.src = src;
    loaded.set(src, img.decode().then(() => img));
  }
  return loaded.get(src);
}

/** Small images (32 pixels a side, say) are shown with their pixels, not smeared. */
const COARSE = 80;

/** A box of an image on a canvas of its own pixels; the style sheet sizes it. */
function cut(src, box, label) {
  const canvas = h('canvas', label ? {role: 'img', 'aria-label': label} : {'aria-hidden': 'true'});
  canvas.width = canvas.height = 1;
  image(src).then(img => {
    const [x, y, w, hh] = box, W = img.naturalWidth, H = img.naturalHeight;
    canvas.width = Math.max(1, Math.round(w * W));
    canvas.height = Math.max(1, Math.round(hh * H));
    canvas.classList.toggle('pix', canvas.width < COARSE / 2);
    canvas.getContext('2d').drawImage(img, x * W, y * H, w * W, hh * H, 0, 0, canvas.width, canvas.height);
  }).catch(() => canvas.classList.add('broken'));
  return canvas;
}

/** A crop of a concept. */
function crop(c, label) {
  return c.src ? cut(c.src, [0, 0, 1, 1], label) : cut(K.pictures[c.p].src, [c.x, c.y, c.w, c.h], label);
}

/** The strongest crop of a concept, or nothing where it has none. */
function best(id) {
  const first = byId.get(id)?.crops.find(c => c.g !== 'counter');
  return first ? crop(first) : null;
}

/** A whole picture of the shown class. */
function whole(p) {
  const img = h('img', {src: p.src, alt: p.name});
  image(p.src).then(i => img.classList.toggle('pix', i.naturalWidth < COARSE)).catch(() => {});
  return img;
}

/** The strongest crop of a class's first concept. */
function face(view) {
  const c = view.concepts[0].crops.find(x => x.g !== 'counter');
  return !c ? h('span') : c.src ? cut(c.src, [0, 0, 1, 1]) : cut(view.pictures[c.p].src, [c.x, c.y, c.w, c.h]);
}
